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
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
import org.sipring.certs.Authority;
import org.sipring.certs.IdentityFolder;
import org.sipring.certs.IssueRequest;
import org.sipring.certs.Refusal;
import org.sipring.store.command.Answer;
import org.sipring.store.command.Command;
import org.sipring.store.command.Key;
import org.sipring.store.command.RequestId;
import org.sipring.testkit.SimChance;

/** Real replicas in one process, over mutual TLS. */
@Tag("acceptance")
@Timeout(120)
final class ReplicaTest {
    private static final UUID GROUP = UUID.nameUUIDFromBytes("test".getBytes(StandardCharsets.UTF_8));

    private final Path dir;
    private final Authority ca;
    private final Map<String, IdentityFolder> identities = new HashMap<>();
    private final List<Peer> peers = new ArrayList<>();
    private final List<Replica> replicas = new ArrayList<>();
    private final Set<Key> changed = new HashSet<>();
    private long requests;

    ReplicaTest(@TempDir Path dir) throws Exception {
        this.dir = dir;
        ca = Authority.init("sipring.test", dir.resolve("ca"), InstantSource.system(), new SimChance(1));
    }

    private static Path issue(Authority ca, String node, Path out) throws Refusal, IOException {
        ca.issue(new IssueRequest(node, List.of("proxy"), List.of("127.0.0.1"), IssueRequest.NODE_VALIDITY), out);
        return out;
    }

    private IdentityFolder identity(String node) {
        return Objects.requireNonNull(identities.get(node));
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

    private void start(int number, boolean founds) throws IOException, Refusal {
        String node = "n" + number;
        Path folder = issue(ca, node, dir.resolve("identity-" + node));
        identities.put(node, IdentityFolder.load(folder, InstantSource.system()));
        Peer peer = new Peer("r" + number, new NodeId(node), new InetSocketAddress("127.0.0.1", freePort()));
        peers.add(peer);
        replicas.add(start(peer, founds));
    }

    private Replica start(Peer peer, boolean founds) throws IOException {
        String node = peer.node().value();
        return Replica.start(dir.resolve(node), peer, GROUP, founds, identity(node), new Heard());
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

    private Submitter submitter(int known) {
        return new Submitter(GROUP, peers.subList(0, known), identity("n1"), Duration.ofSeconds(10));
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
        Authority other =
                Authority.init("sipring.test", dir.resolve("other"), InstantSource.system(), new SimChance(2));
        IdentityFolder nobody =
                IdentityFolder.load(issue(other, "n1", dir.resolve("stranger")), InstantSource.system());
        try (Submitter stranger = new Submitter(GROUP, peers, nobody, Duration.ofSeconds(1))) {
            assertThatThrownBy(() -> ask(stranger, put("alice", "one"))).isInstanceOf(RuntimeException.class);
        }
        assertThat(replicas.get(0).database().orElseThrow().get(alice())).isEmpty();
    }

    @Test
    void whoIsRevokedIsNotHeardAnyMore() throws Exception {
        IdentityFolder other = IdentityFolder.load(issue(ca, "n9", dir.resolve("n9")), InstantSource.system());
        try (Submitter revoked = new Submitter(GROUP, peers, other, Duration.ofSeconds(10))) {
            assertThat(ask(revoked, put("alice", "one"))).isEqualTo(Answer.written(1));
            identity("n1").takeCrl(Files.readAllBytes(ca.revoke("n9").crl()));

            assertThatThrownBy(() -> ask(revoked, put("bob", "one"))).isInstanceOf(RuntimeException.class);
        }
        try (Submitter again = new Submitter(GROUP, peers, other, Duration.ofSeconds(1))) {
            assertThatThrownBy(() -> ask(again, put("carol", "one"))).isInstanceOf(RuntimeException.class);
        }
        assertThat(replicas.get(0).database().orElseThrow().list("accounts", ""))
                .hasSize(1);
    }

    @Test
    void replicasGoOnWithRenewedCertificates() throws Exception {
        try (Submitter submitter = submitter(1)) {
            grow(submitter);
        }
        for (String node : List.of("n1", "n2", "n3")) {
            ca.renew(dir.resolve("identity-" + node), IssueRequest.NODE_VALIDITY);
            identity(node).poll();
        }
        replicas.remove(0).close();
        replicas.add(start(peers.get(0), false));
        try (Submitter submitter = submitter(3)) {
            assertThat(ask(submitter, put("alice", "one"))).isEqualTo(Answer.written(1));
        }
        untilEqual(replicas);
    }
}
