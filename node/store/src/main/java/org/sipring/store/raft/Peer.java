package org.sipring.store.raft;

import java.net.InetSocketAddress;
import org.apache.ratis.protocol.RaftPeer;
import org.sipring.api.NodeId;

/**
 * A replica that others find.
 *
 * @param replica its name, given once to a folder and never again
 * @param node whose it is
 * @param address where it listens
 */
public record Peer(String replica, NodeId node, InetSocketAddress address) {
    RaftPeer raft() {
        return RaftPeer.newBuilder()
                .setId(replica)
                .setAddress(address.getAddress().getHostAddress() + ':' + address.getPort())
                .build();
    }
}
