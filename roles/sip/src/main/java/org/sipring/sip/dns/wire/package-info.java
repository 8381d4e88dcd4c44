/** DNS questions on the wire, by dnsjava. */
@NullMarked
package org.sipring.sip.dns.wire;

import org.jspecify.annotations.NullMarked;
