/** View of the platform to zone to RFC 2136 update; the embedded name server. */
@NullMarked
package org.sipring.dns;

import org.jspecify.annotations.NullMarked;
