/** DNS messages on the wire: TSIG, updates, look-ups. The only place that knows dnsjava. */
@NullMarked
package org.sipring.dns.wire;

import org.jspecify.annotations.NullMarked;
