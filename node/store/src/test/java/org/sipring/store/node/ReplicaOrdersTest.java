package org.sipring.store.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.sipring.api.NodeId;
import org.sipring.api.Replicas.Outcome;
import org.sipring.store.MemoryStore;
import org.sipring.store.group.GroupDocuments;
import org.sipring.store.group.Kept;
import org.sipring.store.group.ReplicaName;
import org.sipring.store.raft.Nodes;
import org.sipring.store.raft.Peer;

final class ReplicaOrdersTest {
    private final GroupDocuments group = new GroupDocuments(new MemoryStore());
    private final Set<String> removed = new HashSet<>();

    private static ReplicaName name(String node) {
        return new ReplicaName(new NodeId(node), UUID.nameUUIDFromBytes(node.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<ReplicaName> names(String... nodes) {
        return Arrays.stream(nodes).map(ReplicaOrdersTest::name).toList();
    }

    private static List<Kept> kept(List<ReplicaName> voters) {
        return voters.stream().map(voter -> new Kept(voter, Optional.empty())).toList();
    }

    private Outcome replace(String node, String... running) {
        List<Peer> peers = names(running).stream()
                .map(name -> new Peer(name, new InetSocketAddress("127.0.0.1", 7610)))
                .toList();
        Nodes nodes = new Nodes() {
            @Override
            public List<Peer> running() {
                return peers;
            }

            @Override
            public int expected() {
                return peers.size();
            }

            @Override
            public Optional<BigInteger> certificate(NodeId one) {
                return Optional.of(removed.contains(one.value()) ? BigInteger.ONE : BigInteger.ZERO);
            }

            @Override
            public boolean isRevoked(BigInteger certificate) {
                return certificate.equals(BigInteger.ONE);
            }
        };
        return new ReplicaOrders(group, nodes)
                .replace(new NodeId(node))
                .toCompletableFuture()
                .join();
    }

    @Test
    void whoKeepsAReplicaIsReplacedAliveOrDead() {
        group.update(kept(names("n1", "n2", "n3")));

        assertThat(replace("n2", "n1", "n3", "n4", "n5")).isEqualTo(Outcome.ORDERED);
        assertThat(replace("n1", "n1", "n3", "n4", "n5")).isEqualTo(Outcome.ORDERED);
        assertThat(group.unwanted()).containsExactlyInAnyOrder(name("n1"), name("n2"));
    }

    @Test
    void onceMoreIsNoMore() {
        group.update(kept(names("n1")));

        assertThat(replace("n1", "n1", "n2")).isEqualTo(Outcome.ORDERED);
        assertThat(replace("n1", "n1", "n2")).isEqualTo(Outcome.ORDERED);
        assertThat(group.unwanted()).containsExactly(name("n1"));
    }

    @Test
    void whoKeepsNoneCannotBeReplaced() {
        group.update(kept(names("n1")));

        assertThat(replace("n2", "n1", "n2")).isEqualTo(Outcome.KEEPS_NONE);
        assertThat(replace("n9", "n1", "n2")).isEqualTo(Outcome.KEEPS_NONE);
    }

    @Test
    void eachNeedsASuccessorOfItsOwn() {
        group.update(kept(names("n1", "n2", "n3")));

        assertThat(replace("n2", "n1", "n2", "n3")).isEqualTo(Outcome.NO_SUCCESSOR);
        assertThat(replace("n2", "n1", "n2", "n3", "n4")).isEqualTo(Outcome.ORDERED);
        assertThat(replace("n3", "n1", "n2", "n3", "n4")).isEqualTo(Outcome.NO_SUCCESSOR);
    }

    @Test
    void whoIsRevokedSucceedsNobody() {
        group.update(kept(names("n1")));
        removed.add("n2");

        assertThat(replace("n1", "n1", "n2")).isEqualTo(Outcome.NO_SUCCESSOR);
        assertThat(group.unwanted()).isEmpty();
    }

    @Test
    void withoutAWordOfWhoKeepsItNobodyKnows() {
        assertThat(replace("n1", "n1", "n2")).isEqualTo(Outcome.UNKNOWN);
    }
}
