/** Digest authentication: pure rules for both sides. RFC 2617, RFC 7616, RFC 8760. */
@NullMarked
package org.sipring.sip.digest;

import org.jspecify.annotations.NullMarked;
