@NullMarked
package org.sipring.api;

import org.jspecify.annotations.NullMarked;
