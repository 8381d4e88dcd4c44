package org.sipring.store.raft;

import java.net.InetSocketAddress;
import java.util.UUID;
import org.apache.ratis.protocol.RaftPeer;
import org.sipring.api.NodeId;

/**
 * A replica that others find.
 *
 * @param node whose it is
 * @param folder names the folder that it lives in: given once, never again, so that a node with an empty disk is not taken
 *     for the replica that it had before
 * @param address where it listens
 */
public record Peer(NodeId node, UUID folder, InetSocketAddress address) {
    private static final char AT = '@';

    RaftPeer raft() {
        return RaftPeer.newBuilder()
                .setId(node.value() + AT + folder)
                .setAddress(address.getAddress().getHostAddress() + ':' + address.getPort())
                .build();
    }

    static Peer of(RaftPeer peer) {
        String name = peer.getId().toString();
        int at = name.indexOf(AT);
        int port = peer.getAddress().lastIndexOf(':');
        return new Peer(
                new NodeId(name.substring(0, at)),
                UUID.fromString(name.substring(at + 1)),
                new InetSocketAddress(
                        peer.getAddress().substring(0, port),
                        Integer.parseInt(peer.getAddress().substring(port + 1))));
    }

    /** Whether it is the same replica, wherever it listens. */
    boolean same(Peer other) {
        return node.equals(other.node) && folder.equals(other.folder);
    }
}
