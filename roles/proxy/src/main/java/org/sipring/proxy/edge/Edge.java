package org.sipring.proxy.edge;

import java.net.InetSocketAddress;
import org.sipring.api.NodeId;
import org.sipring.sip.transport.Flow;
import org.sipring.sip.transport.Transport;

/**
 * A phone and the flow to it.
 *
 * @param aor the address-of-record it acts for, such as {@code alice@sipring.test}; empty where nobody knows
 * @param instance tells the phone from others of the same address-of-record: a short hash of its
 *     {@code +sip.instance}, 0 where it has none
 * @param regId the flow's number among those of the instance, RFC 5626; 0 where it has none
 * @param node who holds the flow
 * @param boot which life of that node
 * @param transport how the phone is reached
 * @param remote the phone's address as the node sees it
 * @param connection the connection in that life of the node; 0 for UDP
 */
public record Edge(
        String aor,
        int instance,
        int regId,
        NodeId node,
        long boot,
        Transport transport,
        InetSocketAddress remote,
        long connection) {

    /**
     * The edge of somebody who just sent a message here.
     *
     * @param aor whom it acts for
     * @param node this node
     * @param boot this node's life
     * @param flow where the message came from
     * @return the edge
     */
    public static Edge here(String aor, NodeId node, long boot, Flow flow) {
        return new Edge(aor, 0, 0, node, boot, flow.transport(), flow.remote(), flow.connection());
    }

    /**
     * The flow, as the node that holds it uses it.
     *
     * @param local where that node listens
     * @return the flow; perhaps closed
     */
    public Flow flow(InetSocketAddress local) {
        return new Flow(transport, local, remote, connection, null);
    }
}
