package org.sipring.proxy.core;

import org.sipring.proxy.edge.Edge;
import org.sipring.sip.transport.Flow;

/**
 * A way that is open: where to send a request for a phone.
 *
 * @param flow the next hop: the phone, or the node that must be told with a Route which phone is meant
 * @param edge who reaches the phone by it: for the Record-Route
 */
record OpenWay(Flow flow, Edge edge) {}
