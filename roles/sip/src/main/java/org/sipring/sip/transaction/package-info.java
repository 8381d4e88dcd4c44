/**
 * Transactions: RFC 3261 section 17 as corrected by RFC 6026. Each belongs to one loop, and nothing here knows sockets
 * or clocks: a {@link org.sipring.sip.transport.SipLoop} gives both, the real or the simulated.
 */
@NullMarked
package org.sipring.sip.transaction;

import org.jspecify.annotations.NullMarked;
