package org.sipring.proxy.registrar;

import java.net.InetSocketAddress;
import org.sipring.api.NodeId;
import org.sipring.sip.transport.Flow;
import org.sipring.sip.transport.Transport;

/**
 * Who holds the flow to a phone, and which one it is.
 *
 * @param node the node that received the REGISTER
 * @param boot which life of that node
 * @param transport how the phone is reached
 * @param remote the phone's address as that node sees it
 * @param connection the connection in that life of the node; 0 for UDP
 */
public record Place(NodeId node, long boot, Transport transport, InetSocketAddress remote, long connection) {
    /**
     * The place of somebody who just sent a message here.
     *
     * @param node this node
     * @param boot this node's life
     * @param flow where the message came from
     * @return the place
     */
    public static Place of(NodeId node, long boot, Flow flow) {
        return new Place(node, boot, flow.transport(), flow.remote(), flow.connection());
    }
}
