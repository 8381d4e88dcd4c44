package org.sipring.store.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sipring.api.NodeId;
import org.sipring.store.group.ReplicaName;

/** Replicas in Ratis' words. RFC 3986 section 3.2.2. */
final class PeerTest {
    @ParameterizedTest
    @CsvSource({"192.0.2.1,192.0.2.1:5100", "2001:db8::1,[2001:db8:0:0:0:0:0:1]:5100"})
    void anAddressIsReadAsItWasWritten(String host, String text) {
        Peer peer = new Peer(new ReplicaName(new NodeId("n3"), new UUID(1, 2)), new InetSocketAddress(host, 5100));

        assertThat(peer.raft().getAddress()).isEqualTo(text);
        assertThat(Peer.of(peer.raft())).isEqualTo(peer);
    }
}
