package org.sipring.proxy.core;

import java.util.Optional;
import org.sipring.proxy.edge.Edge;
import org.sipring.sip.transport.Flow;

/**
 * A way that is open: where to send a request for a phone.
 *
 * @param flow the next hop
 * @param edge who reaches the phone by it: for the Record-Route
 * @param route what the next hop must be told with a Route; empty where the next hop is the phone
 */
record OpenWay(Flow flow, Edge edge, Optional<String> route) {}
