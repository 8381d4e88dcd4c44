/** Messages that are hard to read or to refuse: those of RFC 4475 and RFC 5118, in bytes of our own. */
@NullMarked
package org.sipring.testkit.torture;

import org.jspecify.annotations.NullMarked;
