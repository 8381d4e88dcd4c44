package org.sipring.store.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sipring.api.Member;
import org.sipring.api.NodeId;
import org.sipring.api.NodeState;
import org.sipring.store.group.ReplicaName;
import org.sipring.store.raft.Peer;
import org.sipring.testkit.SimOverlay;
import org.sipring.testkit.SimTime;

/** What nodes know of each other's replicas. */
final class ReplicaFloodTest {
    private static final UUID FOLDER = new UUID(1, 2);

    private final SimTime time = new SimTime();
    private final Set<BigInteger> revoked = new HashSet<>();
    private final Node first = new Node("n1", 1);
    private final Node second = new Node("n2", 2);

    /** A node and what it knows. */
    private final class Node {
        final NodeId id;
        final SimOverlay overlay;
        final ReplicaFlood flood;
        final Member member;
        UUID folder = FOLDER;

        Node(String name, int rank) {
            id = new NodeId(name);
            overlay = new SimOverlay(id, time.ticker());
            flood = new ReplicaFlood(overlay, time.ticker(), revoked::contains);
            member = new Member(id, "192.0.2." + rank, Set.of(), 100, "1", NodeState.READY, 1, rank, false);
        }

        void start() {
            flood.listen();
            flood.tell(this::peer, () -> BigInteger.valueOf(member.rank()));
        }

        Peer peer() {
            return new Peer(new ReplicaName(id, folder), new InetSocketAddress(member.address(), 7610));
        }
    }

    @BeforeEach
    void meet() {
        first.overlay.connect(second.overlay);
        first.start();
        second.start();
        second.overlay.show(second.member, first.member);
        first.overlay.show(second.member, first.member);
        time.advance(Duration.ofSeconds(1));
    }

    @Test
    void bothAreKnownTheOlderFirst() {
        assertThat(first.flood.running()).containsExactly(first.peer(), second.peer());
        assertThat(second.flood.running()).containsExactly(first.peer(), second.peer());
        assertThat(first.flood.expected()).isEqualTo(2);
    }

    @Test
    void whoHasLeftIsNotRunningAndExpectedForAWhile() {
        first.overlay.show(first.member);
        time.advance(Duration.ofMinutes(9));
        assertThat(first.flood.running()).containsExactly(first.peer());
        assertThat(first.flood.expected()).isEqualTo(2);
        time.advance(Duration.ofMinutes(2));
        assertThat(first.flood.expected()).isEqualTo(1);
    }

    @Test
    void aReplicaThatBeginsAnewIsHeardOfInSeconds() {
        second.folder = new UUID(3, 4);
        time.advance(Duration.ofSeconds(6));

        assertThat(first.flood.running()).containsExactly(first.peer(), second.peer());
    }

    @Test
    void whoseCertificateIsRevokedIsRemoved() {
        assertThat(first.flood.removed(second.id)).isFalse();
        first.overlay.show(first.member);
        assertThat(first.flood.expected()).isEqualTo(2);
        revoked.add(BigInteger.TWO);

        assertThat(first.flood.removed(second.id)).isTrue();
        assertThat(first.flood.expected()).isEqualTo(1);
        assertThat(first.flood.removed(first.id)).isFalse();
        assertThat(first.flood.removed(new NodeId("n9"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "n1",
                "n1@00000000-0000-0001-0000-000000000002 192.0.2.1 7610",
                "n1@00000000-0000-0001-0000-000000000002 192.0.2.1 7610 x",
                "n1@00000000-0000-0001-0000-000000000002 192.0.2.1 99999 1",
                "n1@00000000-0000-0001-0000-000000000002 192.0.2.1 7610 1 1",
                "n2@00000000-0000-0001-0000-000000000002 192.0.2.1 7610 1",
                "n1@2 192.0.2.1 7610 1"
            })
    void whatIsNoNewsOfTheSendersIsIgnored(String frame) {
        assertThat(ReplicaNews.read(first.id, frame.getBytes(StandardCharsets.US_ASCII)))
                .isEmpty();
    }

    @Test
    void newsAreReadAsTheyWereWritten() {
        ReplicaNews news = new ReplicaNews(first.peer(), BigInteger.TEN);
        assertThat(ReplicaNews.read(first.id, news.frame())).contains(news);
    }
}
