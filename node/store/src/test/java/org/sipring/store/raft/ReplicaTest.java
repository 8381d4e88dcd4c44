package org.sipring.store.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sipring.api.NodeId;
import org.sipring.store.command.Answer;
import org.sipring.store.command.Command;
import org.sipring.store.command.Key;
import org.sipring.store.command.RequestId;
import org.sipring.testkit.TestCa;

/** Real replicas in one process, over mutual TLS. */
@Tag("acceptance")
@Timeout(120)
final class ReplicaTest {
    private static final UUID GROUP = UUID.nameUUIDFromBytes("test".getBytes(StandardCharsets.UTF_8));

    private final Path dir;
    private final TestCa ca;
    private final List<Peer> peers = new ArrayList<>();
    private final List<Replica> replicas = new ArrayList<>();
    private final Set<Key> changed = new HashSet<>();
    private long requests;

    ReplicaTest(@TempDir Path dir) throws IOException {
        this.dir = dir;
        ca = new TestCa(dir);
    }

    @BeforeEach
    void found() throws Exception {
        start(1, true);
    }

    @AfterEach
    void stop() throws IOException {
        for (Replica replica : replicas) {
            replica.close();
        }
    }

    private void start(int number, boolean founds) throws IOException, GeneralSecurityException {
        ca.node("n" + number, "sipring.test", "store");
        Peer peer = new Peer("r" + number, new NodeId("n" + number), new InetSocketAddress("127.0.0.1", freePort()));
        peers.add(peer);
        replicas.add(start(peer, founds));
    }

    private Replica start(Peer peer, boolean founds) throws IOException, GeneralSecurityException {
        String node = peer.node().value();
        return Replica.start(dir.resolve(node), peer, GROUP, founds, TestManagers.of(ca, node), new Heard());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private final class Heard implements ReplicaMachine.Applied {
        @Override
        public void changed(Key key) {
            synchronized (changed) {
                changed.add(key);
            }
        }

        @Override
        public void replaced() {}
    }

    private Submitter submitter(int known) throws IOException, GeneralSecurityException {
        return new Submitter(GROUP, peers.subList(0, known), TestManagers.of(ca, "n1"), Duration.ofSeconds(10));
    }

    private Command.Put put(String name, String value) {
        return new Command.Put(
                new RequestId(1, ++requests, Instant.EPOCH),
                new Key("accounts", name),
                value.getBytes(StandardCharsets.UTF_8),
                0);
    }

    private static Answer ask(Submitter submitter, Command command) {
        return submitter
                .submit(command)
                .toCompletableFuture()
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
    }

    private void grow(Submitter submitter) throws Exception {
        start(2, false);
        submitter.change(peers.subList(0, 1), peers.subList(0, 2));
        start(3, false);
        submitter.change(peers.subList(0, 2), peers.subList(0, 3));
    }

    private static Optional<String> digest(Replica replica) {
        return replica.database().map(database -> HexFormat.of().formatHex(database.digest()));
    }

    // The last to apply has nothing to wait for but its turn; the test's deadline is the limit.
    private static void untilEqual(List<Replica> replicas) throws InterruptedException {
        while (replicas.stream()
                        .map(ReplicaTest::digest)
                        .collect(Collectors.toSet())
                        .size()
                > 1) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        assertThat(digest(replicas.get(0))).isPresent();
    }

    @Test
    void oneAloneLeadsItselfAndRemembersAfterARestart() throws Exception {
        try (Submitter submitter = submitter(1)) {
            Command.Put alice = put("alice", "one");
            assertThat(ask(submitter, alice)).isEqualTo(Answer.written(1));
            assertThat(ask(submitter, put("alice", "two"))).isEqualTo(Answer.refused(1));
            replicas.remove(0).close();
            replicas.add(start(peers.get(0), false));
            assertThat(ask(submitter, alice)).as("asked once more").isEqualTo(Answer.written(1));
            assertThat(ask(submitter, put("bob", "one"))).isEqualTo(Answer.written(2));
        }
        synchronized (changed) {
            assertThat(changed).containsExactlyInAnyOrder(alice(), new Key("accounts", "bob"));
        }
    }

    private static Key alice() {
        return new Key("accounts", "alice");
    }

    @Test
    void oneGrowsToThreeThatAreEqual() throws Exception {
        try (Submitter submitter = submitter(1)) {
            ask(submitter, put("alice", "one"));
            grow(submitter);
            ask(submitter, put("bob", "one"));
        }
        untilEqual(replicas);
        assertThat(replicas.get(2).database().orElseThrow().get(alice())).isPresent();
    }

    @Test
    void whenTheLeaderEndsAnotherGoesOnAndTheFirstCatchesUp() throws Exception {
        try (Submitter submitter = submitter(1)) {
            grow(submitter);
        }
        try (Submitter submitter = submitter(3)) {
            ask(submitter, put("alice", "one"));
            replicas.remove(0).close();
            assertThat(ask(submitter, put("bob", "one"))).isEqualTo(Answer.written(2));
            replicas.add(start(peers.get(0), false));
            ask(submitter, put("carol", "one"));
            untilEqual(replicas);
        }
    }

    @Test
    void whatIsNoCommandNeverEntersTheLog() throws Exception {
        try (Submitter submitter = submitter(1)) {
            assertThatThrownBy(() -> submitter
                            .send(new byte[] {1, 9})
                            .toCompletableFuture()
                            .join())
                    .hasMessageContaining("a command of type 9");
            assertThat(ask(submitter, put("alice", "one"))).isEqualTo(Answer.written(1));
        }
    }

    @Test
    void aStrangerChangesNothing() throws Exception {
        try (Submitter own = submitter(1)) {
            ask(own, put("bob", "one"));
        }
        TestCa other = new TestCa(Files.createDirectory(dir.resolve("other"))).node("n1", "sipring.test", "store");
        try (Submitter stranger = new Submitter(GROUP, peers, TestManagers.of(other, "n1"), Duration.ofSeconds(1))) {
            assertThatThrownBy(() -> ask(stranger, put("alice", "one"))).isInstanceOf(RuntimeException.class);
        }
        assertThat(replicas.get(0).database().orElseThrow().get(alice())).isEmpty();
    }
}
