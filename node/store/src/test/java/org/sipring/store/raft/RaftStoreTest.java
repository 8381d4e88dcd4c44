package org.sipring.store.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sipring.store.raft.TestGroup.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sipring.api.Store;
import org.sipring.store.command.Command;
import org.sipring.store.command.Key;
import org.sipring.store.command.RequestId;

/** Three nodes over one group. */
@Tag("acceptance")
@Timeout(120)
final class RaftStoreTest {
    private static final int WRITES = 50;
    private static final Duration SHORT = Duration.ofSeconds(3);

    private final TestGroup group;

    RaftStoreTest(@TempDir Path dir) throws Exception {
        group = new TestGroup(dir);
    }

    @BeforeEach
    void grow() throws Exception {
        group.grow();
        group.grow();
    }

    @AfterEach
    void stop() throws IOException {
        group.close();
    }

    private static long put(Store store, String key, String value, long expected) {
        return await(store.put("accounts", key, value.getBytes(StandardCharsets.UTF_8), expected))
                .orElseThrow();
    }

    @Test
    void whoWritesReadsWhatItWroteWhoeverLeads() throws Exception {
        try (RaftStore one = group.seat(1).store();
                RaftStore three = group.seat(3).store()) {
            for (int write = 0; write < WRITES; write++) {
                RaftStore store = write % 2 == 0 ? one : three;
                long revision = put(store, "key" + write, "value", 0);

                assertThat(store.get("accounts", "key" + write))
                        .map(Store.Document::revision)
                        .contains(revision);
            }
        }
    }

    @Test
    void whoHasCaughtUpReadsWhatOthersWrote() throws Exception {
        try (RaftStore one = group.seat(1).store();
                RaftStore three = group.seat(3).store()) {
            for (int write = 0; write < WRITES; write++) {
                long revision = put(one, "key" + write, "value", 0);
                await(three.catchUp());

                assertThat(three.get("accounts", "key" + write))
                        .map(Store.Document::revision)
                        .contains(revision);
            }
        }
    }

    @Test
    void whoIsCutOffReadsAsItWasAndCannotCatchUp() throws Exception {
        try (RaftStore one = group.seat(1).store(group.seat(1).submitter(), SHORT)) {
            put(one, "alice", "one", 0);
            group.seat(2).replica().close();
            group.seat(3).replica().close();

            assertThatThrownBy(() -> await(one.catchUp())).hasCauseInstanceOf(TimeoutException.class);
            assertThat(one.get("accounts", "alice")).isPresent();
        }
    }

    @Test
    void ofTwoWhoChangeTheSameRevisionOneIsRefused() throws Exception {
        try (RaftStore two = group.seat(2).store();
                RaftStore three = group.seat(3).store()) {
            long first = put(two, "alice", "one", 0);
            CompletionStage<Optional<Long>> mine = two.put("accounts", "alice", new byte[] {1}, first);
            CompletionStage<Optional<Long>> yours = three.put("accounts", "alice", new byte[] {2}, first);

            assertThat(await(mine).isPresent()).isNotEqualTo(await(yours).isPresent());
        }
    }

    @Test
    void whatWasAskedLongAgoIsForgotten() throws Exception {
        Key alice = new Key("accounts", "alice");
        Command asked = new Command.Put(new RequestId(7, 1, Instant.EPOCH), alice, new byte[] {1}, 0);
        try (Submitter leader = group.seat(1).submitter();
                RaftStore one = group.seat(1).store()) {
            assertThat(await(leader.submit(asked)).answer().applied()).isTrue();
            assertThat(await(leader.submit(asked)).answer().applied())
                    .as("repeated")
                    .isTrue();
            await(one.forget(Duration.ofHours(1)));

            assertThat(await(leader.submit(asked)).answer().applied())
                    .as("as if it were new")
                    .isFalse();
        }
    }

    @Test
    void whatFollowsAChangeRunsInTheStoresRoom() throws Exception {
        try (RaftStore two = group.seat(2).store()) {
            CompletionStage<String> room = two.put("accounts", "alice", new byte[] {1}, 0)
                    .thenApply(revision -> Thread.currentThread().getName());

            assertThat(await(room)).isEqualTo("store");
        }
    }

    @Test
    void allNodesHearOfAChangeInItsOrder() throws Exception {
        Heard heard = new Heard();
        try (RaftStore one = group.seat(1).store();
                RaftStore three = group.seat(3).store()) {
            three.watch("accounts", heard);
            put(one, "alice", "one", 0);
            put(one, "bob", "one", 0);

            assertThat(heard.next()).isEqualTo("alice");
            assertThat(heard.next()).isEqualTo("bob");
            assertThat(three.get("accounts", "alice")).isPresent();
        }
    }
}
