package org.sipring.store.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sipring.store.raft.TestGroup.await;

import java.io.IOException;
import java.math.BigInteger;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sipring.certs.Authority;
import org.sipring.certs.IdentityFolder;
import org.sipring.certs.IssueRequest;
import org.sipring.store.command.Answer;
import org.sipring.store.command.Command;
import org.sipring.store.command.Key;
import org.sipring.store.command.RequestId;
import org.sipring.testkit.SimChance;

/** Real replicas in one process, over mutual TLS. */
@Tag("acceptance")
@Timeout(120)
final class ReplicaTest {
    private final Path dir;
    private final TestGroup group;
    private long requests;

    ReplicaTest(@TempDir Path dir) throws Exception {
        this.dir = dir;
        group = new TestGroup(dir);
    }

    @AfterEach
    void stop() throws IOException {
        group.close();
    }

    private Command.Put put(String name, String value) {
        return new Command.Put(
                new RequestId(1, ++requests, Instant.EPOCH),
                new Key("accounts", name),
                value.getBytes(StandardCharsets.UTF_8),
                0);
    }

    private static Answer ask(Submitter submitter, Command command) {
        return await(submitter.submit(command)).answer();
    }

    private static Key alice() {
        return new Key("accounts", "alice");
    }

    private boolean holdsAlice(int number) {
        return group.seat(number)
                .replica()
                .database()
                .orElseThrow()
                .get(alice())
                .isPresent();
    }

    @Test
    void oneAloneLeadsItselfAndRemembersAfterARestart() throws Exception {
        try (Submitter submitter = group.seat(1).submitter()) {
            Command.Put alice = put("alice", "one");
            assertThat(ask(submitter, alice)).isEqualTo(Answer.written(1));
            assertThat(ask(submitter, put("alice", "two"))).isEqualTo(Answer.refused(1));
            group.seat(1).restart();
            assertThat(ask(submitter, alice)).as("asked once more").isEqualTo(Answer.written(1));
            assertThat(ask(submitter, put("bob", "one"))).isEqualTo(Answer.written(2));
        }
    }

    @Test
    void oneGrowsToThreeThatAreEqual() throws Exception {
        try (Submitter submitter = group.seat(1).submitter()) {
            ask(submitter, put("alice", "one"));
            group.grow();
            group.grow();
            ask(submitter, put("bob", "one"));
        }
        group.untilEqual();
        assertThat(holdsAlice(3)).isTrue();
    }

    @Test
    void whenTheLeaderEndsAnotherGoesOnAndTheFirstCatchesUp() throws Exception {
        group.grow();
        group.grow();
        try (Submitter submitter = group.seat(1).submitter()) {
            ask(submitter, put("alice", "one"));
            group.seat(1).replica().close();
            assertThat(ask(submitter, put("bob", "one"))).isEqualTo(Answer.written(2));
            group.seat(1).restart();
            ask(submitter, put("carol", "one"));
            group.untilEqual();
        }
    }

    @Test
    void changesThatComeTogetherStandTogetherInTheLog() throws Exception {
        try (Submitter submitter = group.seat(1).submitter()) {
            List<CompletableFuture<Submitter.Told>> asked = Stream.generate(() -> put("user" + requests, "one"))
                    .limit(200)
                    .map(change -> submitter.submit(change).toCompletableFuture())
                    .toList();
            CompletableFuture.allOf(asked.toArray(new CompletableFuture<?>[0]))
                    .orTimeout(60, TimeUnit.SECONDS)
                    .join();

            assertThat(asked)
                    .extracting(told -> told.join().answer())
                    .doesNotHaveDuplicates()
                    .allMatch(Answer::applied);
            assertThat(asked.stream().map(told -> told.join().index()).distinct())
                    .hasSizeBetween(2, 20);
        }
    }

    @Test
    void aCopyThatWasCutShortIsGoneAfterTheRestart() throws Exception {
        Path copies;
        try (Stream<Path> all = Files.walk(dir.resolve("n1"))) {
            copies = all.filter(path -> path.endsWith("sm")).findFirst().orElseThrow();
        }
        Path half = Files.writeString(copies.resolve("snapshot.tmp"), "half");
        Path chunks = Files.createDirectories(copies.resolve("chunks.tmp/ab"));
        Files.writeString(chunks.resolve("chunk"), "half");
        group.seat(1).restart();

        assertThat(half).doesNotExist();
        assertThat(chunks).doesNotExist();
    }

    @Test
    void whatIsNoCommandNeverEntersTheLog() throws Exception {
        try (Submitter submitter = group.seat(1).submitter()) {
            assertThatThrownBy(() -> submitter
                            .send(new byte[] {1, 9})
                            .toCompletableFuture()
                            .join())
                    .hasMessageContaining("a command of type 9");
            assertThat(ask(submitter, put("alice", "one"))).isEqualTo(Answer.written(1));
        }
    }

    private Submitter stranger(Authority ca, String node) throws Exception {
        Path folder = TestGroup.issue(ca, node, dir.resolve("stranger-" + node));
        IdentityFolder identity = IdentityFolder.load(folder, InstantSource.system());
        return group.submitter(identity, Duration.ofSeconds(2));
    }

    @Test
    void aStrangerChangesNothing() throws Exception {
        try (Submitter own = group.seat(1).submitter()) {
            ask(own, put("bob", "one"));
        }
        Authority other =
                Authority.init("sipring.test", dir.resolve("other"), InstantSource.system(), new SimChance(2));
        try (Submitter stranger = stranger(other, "n1")) {
            assertThatThrownBy(() -> ask(stranger, put("alice", "one"))).isInstanceOf(RuntimeException.class);
        }
        assertThat(holdsAlice(1)).isFalse();
    }

    @Test
    void whoIsRevokedIsNotHeardAnyMore() throws Exception {
        try (Submitter own = group.seat(1).submitter()) {
            ask(own, put("bob", "one"));
        }
        try (Submitter revoked = stranger(group.ca(), "n9")) {
            assertThat(ask(revoked, put("carol", "one"))).isEqualTo(Answer.written(2));
            group.seat(1)
                    .identity
                    .takeCrl(Files.readAllBytes(group.ca().revoke("n9").crl()));

            assertThatThrownBy(() -> ask(revoked, put("alice", "one"))).isInstanceOf(RuntimeException.class);
        }
        assertThat(holdsAlice(1)).isFalse();
    }

    @Test
    void aReplicaWhoseNodeIsRevokedGetsNothingMore() throws Exception {
        group.grow();
        group.grow();
        try (Submitter submitter = group.seat(1).submitter()) {
            ask(submitter, put("bob", "one"));
            group.untilEqual();
            byte[] list = Files.readAllBytes(group.ca().revoke("n3").crl());
            for (TestGroup.Seat seat : group.seats().subList(0, 2)) {
                seat.identity.takeCrl(list);
                seat.replica().look(0);
            }
            ask(submitter, put("alice", "one"));
            for (int more = 0; more < 50; more++) {
                ask(submitter, put("more" + more, "one"));
            }
        }
        assertThat(holdsAlice(2)).isTrue();
        assertThat(holdsAlice(3)).isFalse();
    }

    @Test
    void replicasGoOnWithRenewedCertificates() throws Exception {
        group.grow();
        group.grow();
        for (TestGroup.Seat seat : group.seats()) {
            BigInteger former = seat.identity.serial();
            group.ca().renew(seat.folder, IssueRequest.NODE_VALIDITY);
            seat.identity.poll();
            assertThat(shown(seat)).as("without a restart").isNotEqualTo(former).isEqualTo(seat.identity.serial());
        }
        group.seat(1).restart();
        try (Submitter submitter = group.seat(1).submitter()) {
            assertThat(ask(submitter, put("alice", "one"))).isEqualTo(Answer.written(1));
        }
        group.untilEqual();
        assertThat(holdsAlice(3)).isTrue();
    }

    // By which certificate a replica proves itself to who connects now.
    private BigInteger shown(TestGroup.Seat seat) throws IOException {
        InetSocketAddress port = seat.replica().self().address();
        try (SSLSocket socket =
                (SSLSocket) seat.identity.tls().getSocketFactory().createSocket(port.getAddress(), port.getPort())) {
            X509Certificate proof = (X509Certificate) socket.getSession().getPeerCertificates()[0];
            return proof.getSerialNumber();
        }
    }
}
