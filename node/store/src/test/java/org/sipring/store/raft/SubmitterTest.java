package org.sipring.store.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sipring.store.raft.TestGroup.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sipring.api.Store;
import org.sipring.certs.IdentityFolder;

/** A store's way to whoever leads, and what becomes of changes while nobody does. */
@Tag("acceptance")
@Timeout(120)
final class SubmitterTest {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration REQUEST = Duration.ofSeconds(2);

    private final Path dir;
    private final TestGroup group;

    SubmitterTest(@TempDir Path dir) throws Exception {
        this.dir = dir;
        group = new TestGroup(dir);
    }

    @AfterEach
    void stop() throws IOException {
        group.close();
    }

    private static boolean put(Store store, String key) {
        return await(store.put("accounts", key, new byte[] {1}, 0)).isPresent();
    }

    @Test
    void whenTheMajorityComesBackTheSameStoreWritesAgain() throws Exception {
        group.grow();
        group.grow();
        try (RaftStore store = group.seat(1).store(group.seat(1).submitter(PATIENCE))) {
            assertThat(put(store, "alice")).isTrue();
            group.seat(2).replica().close();
            group.seat(3).replica().close();

            assertThatThrownBy(() -> put(store, "bob")).hasCauseInstanceOf(TimeoutException.class);

            group.seat(2).restart();
            group.seat(3).restart();
            assertThat(put(store, "carol")).isTrue();
        }
    }

    @Test
    void aChangeMayTakeLongerThanOneRequest() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        group.seat(1).watchers.add("accounts", new Slow(never));
        try (RaftStore store = group.seat(1).store(group.seat(1).submitter(PATIENCE.multipliedBy(3)))) {
            assertThat(put(store, "alice")).isTrue();
        }
    }

    @Test
    void aReplicaThatKnowsNothingOfTheGroupIsNotAskedForEver() throws Exception {
        List<Peer> known = List.of(
                group.sitElsewhere().replica().self(), group.seat(1).replica().self());
        Submitter submitter = group.submitter(group.seat(1).identity, PATIENCE, () -> known);
        try (RaftStore store = group.seat(1).store(submitter)) {
            assertThat(put(store, "alice")).isTrue();
        }
    }

    private record Slow(CountDownLatch never) implements Store.Watcher {
        @Override
        public void changed(String key) {
            try {
                assertThat(never.await(REQUEST.plusSeconds(2).toSeconds(), TimeUnit.SECONDS))
                        .isFalse();
            } catch (InterruptedException end) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void allChanged() {}
    }

    @Test
    void nobodyTalksOnToAReplicaWhoseNodeIsRevoked() throws Exception {
        Path folder = TestGroup.issue(group.ca(), "n9", dir.resolve("n9"));
        IdentityFolder identity = IdentityFolder.load(folder, InstantSource.system());
        try (RaftStore store = group.seat(1).store(group.submitter(identity, PATIENCE))) {
            assertThat(put(store, "alice")).isTrue();
            identity.takeCrl(Files.readAllBytes(group.ca().revoke("n1").crl()));

            assertThatThrownBy(() -> put(store, "bob")).hasStackTraceContaining("n1 (127.0.0.1) is revoked");
            assertThat(store.get("accounts", "bob")).isEmpty();
        }
    }
}
