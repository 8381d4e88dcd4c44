@NullMarked
package org.sipring.dns;

import org.jspecify.annotations.NullMarked;
