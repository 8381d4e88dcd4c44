@NullMarked
package org.sipring.store;

import org.jspecify.annotations.NullMarked;
