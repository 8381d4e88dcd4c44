package org.sipring.store.raft;

import java.net.Inet6Address;
import java.net.InetSocketAddress;
import org.apache.ratis.protocol.RaftPeer;
import org.sipring.api.NodeId;
import org.sipring.store.group.ReplicaName;

/**
 * A replica that others find.
 *
 * @param name what it is called
 * @param address where it listens
 */
public record Peer(ReplicaName name, InetSocketAddress address) {
    RaftPeer raft() {
        return RaftPeer.newBuilder()
                .setId(name.toString())
                .setAddress(host() + ':' + address.getPort())
                .build();
    }

    // RFC 3986 section 3.2.2: an IPv6 address stands in brackets before a port.
    private String host() {
        String text = address.getAddress().getHostAddress();
        return address.getAddress() instanceof Inet6Address ? '[' + text + ']' : text;
    }

    static Peer of(RaftPeer peer) {
        String text = peer.getAddress();
        int port = text.lastIndexOf(':');
        String host = text.startsWith("[") ? text.substring(1, port - 1) : text.substring(0, port);
        return new Peer(
                ReplicaName.of(peer.getId().toString()),
                new InetSocketAddress(host, Integer.parseInt(text.substring(port + 1))));
    }

    NodeId node() {
        return name.node();
    }

    /** Whether it is the same replica, wherever it listens. */
    boolean same(Peer other) {
        return name.equals(other.name);
    }
}
