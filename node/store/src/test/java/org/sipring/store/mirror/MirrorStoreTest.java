package org.sipring.store.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sipring.api.NodeId;
import org.sipring.api.Store;
import org.sipring.store.command.Command;
import org.sipring.store.command.Key;

/** A mirror, first of {@code r1}, then of whoever is left. */
final class MirrorStoreTest {
    private static final Duration A_MOMENT = Duration.ofMillis(100);
    private static final Key ALICE = new Key("accounts", "alice");
    private static final int MANY = 9_000;

    private final MirrorWorld world = new MirrorWorld(1);
    private final MirrorStore mirror = world.mirror("m1");
    private final List<String> heard = new ArrayList<>();

    @BeforeEach
    void listen() {
        mirror.watch("accounts", new Store.Watcher() {
            @Override
            public void changed(String key) {
                heard.add(key);
            }

            @Override
            public void allChanged() {
                heard.add("all");
            }
        });
    }

    private void pass(Duration duration) {
        world.time.advance(duration);
    }

    private void seconds(int many) {
        pass(Duration.ofSeconds(many));
    }

    private static List<NodeId> ids(Collection<String> names) {
        return names.stream().map(NodeId::new).toList();
    }

    private void cutOff(String... holders) {
        world.network.part(ids(List.of("m1")), ids(List.of(holders)));
    }

    private boolean readsAlice() {
        return mirror.get("accounts", "alice").isPresent();
    }

    private CompletableFuture<Optional<Long>> putAlice() {
        return mirror.put("accounts", "alice", new byte[] {1}, 0).toCompletableFuture();
    }

    @Test
    void aChangeIsSeenInAMoment() {
        world.put(ALICE, 5);
        pass(A_MOMENT);
        assertThat(readsAlice()).isTrue();

        world.delete(ALICE);
        pass(A_MOMENT);
        assertThat(readsAlice()).isFalse();
        assertThat(heard).containsExactly("alice", "alice");
    }

    @Test
    void whoWritesReadsWhatItWrote() {
        for (int write = 0; write < 50; write++) {
            String key = "key" + write;
            long revision = world.time
                    .until(mirror.put("accounts", key, new byte[] {1}, 0))
                    .orElseThrow();

            assertThat(mirror.get("accounts", key))
                    .map(Store.Document::revision)
                    .contains(revision);
        }
    }

    @Test
    void whoHasCaughtUpReadsWhatOthersWrote() {
        MirrorStore other = world.mirror("m2");
        for (int write = 0; write < 50; write++) {
            String key = "key" + write;
            world.time.until(other.put("accounts", key, new byte[] {1}, 0));
            world.time.until(mirror.catchUp());

            assertThat(mirror.get("accounts", key)).isPresent();
        }
    }

    @Test
    void beforeTheFirstCopyItSaysWhyNothingIsRead() {
        mirror.rest();
        pass(A_MOMENT);

        assertThat(mirror.isReadable()).isFalse();
        assertThatThrownBy(this::readsAlice)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no copy of the store yet");
    }

    @Test
    void whoRestsForgetsAndMayFollowAgain() {
        world.put(ALICE, 5);
        pass(A_MOMENT);
        mirror.rest();
        seconds(10);
        world.delete(ALICE);
        mirror.follow();
        seconds(1);

        assertThat(mirror.isReadable()).isTrue();
        assertThat(readsAlice()).isFalse();
        assertThat(heard).as("whatever was read before").containsExactly("alice", "all");
    }

    @Test
    void whenItsServerDiesItFollowsAnother() {
        world.host("r1").kill();
        seconds(1);
        world.put(ALICE, 5);
        seconds(1);

        assertThat(readsAlice()).isTrue();
    }

    @Test
    void aServerThatHangsIsLeftWithinTenSeconds() {
        world.host("r1").hang();
        world.put(ALICE, 5);
        seconds(10);

        assertThat(readsAlice()).isTrue();
    }

    @Test
    void aReplicaThatIsNotOpenIsLeftAtOnce() {
        world.put(new Key("policies", "bob"), 5);
        pass(A_MOMENT);
        world.replica("r1").open(false);
        world.put(ALICE, 5);
        pass(A_MOMENT);

        assertThat(readsAlice()).isTrue();
    }

    @Test
    void aCopyThatDiffersInNothingIsNotTold() {
        world.put(ALICE, 5);
        pass(A_MOMENT);
        world.host("r1").kill();
        seconds(5);
        world.put(ALICE, 5);
        pass(A_MOMENT);

        assertThat(heard).containsExactly("alice", "alice");
    }

    @Test
    void whoWasAwayTooLongCopiesAnew() {
        world.put(ALICE, 5);
        pass(A_MOMENT);
        cutOff("r1", "r2", "r3");
        world.delete(ALICE);
        for (int number = 0; number < MANY; number++) {
            world.put(MirrorWorld.key(number % 10), 5);
        }
        seconds(20);
        assertThat(readsAlice()).as("cut off").isTrue();

        world.network.mend();
        seconds(20);

        assertThat(readsAlice()).isFalse();
        assertThat(heard).containsExactly("alice", "all");
        world.settle();
    }

    @Test
    void changesWhileManyPagesAreCopiedAreTakenUp() {
        for (int number = 0; number < 100; number++) {
            world.put(MirrorWorld.key(number), 100_000);
        }
        seconds(2);
        world.host("r1").kill();
        for (int step = 0; step < 400; step++) {
            Key key = MirrorWorld.key(step % 100);
            world.delete(key);
            if (step % 3 > 0) {
                world.put(key, 50_000);
            }
            pass(Duration.ofMillis(1));
        }
        seconds(2);

        world.settle();
    }

    @Test
    void moreChangesThanAreRememberedWhileItIsCopiedDoNotBreakTheCopy() {
        for (int number = 0; number < 200; number++) {
            world.put(MirrorWorld.key(number), 200_000);
        }
        seconds(2);
        heard.clear();
        world.host("r1").kill();
        for (int step = 0; step < 1500; step++) {
            for (int change = 0; change < 30; change++) {
                world.put(MirrorWorld.key(1000 + change), 5);
            }
            pass(Duration.ofMillis(1));
        }

        assertThat(heard).as("it follows another").contains("all");
    }

    @Test
    void whatAReplicaHasGotFromAnotherIsCopiedAnew() {
        SimGroup.Replica replica = world.replica("r1");
        replica.lag(true);
        world.put(ALICE, 5);
        seconds(1);
        assertThat(readsAlice()).isFalse();
        replica.jump();
        replica.lag(false);
        seconds(1);

        assertThat(readsAlice()).isTrue();
        assertThat(heard).containsExactly("all");
    }

    @Test
    void aCopyOfAReplicaThatIsBehindIsNotTaken() {
        world.replica("r2").lag(true);
        world.put(ALICE, 5);
        pass(A_MOMENT);
        world.host("r1").kill();
        seconds(5);

        assertThat(readsAlice()).isTrue();
        assertThat(world.replica("r2").has(ALICE)).isFalse();
        world.delete(ALICE);
        seconds(1);
        assertThat(readsAlice()).as("of r3").isFalse();
    }

    @Test
    void whoIsCutOffReadsAsItWasAndChangesNothing() {
        world.put(ALICE, 5);
        pass(A_MOMENT);
        cutOff("r1", "r2", "r3");
        CompletableFuture<Boolean> deleted =
                mirror.delete("accounts", "alice", 1).toCompletableFuture();
        CompletableFuture<Void> caughtUp = mirror.catchUp().toCompletableFuture();
        pass(MirrorWorld.PATIENCE.minusMillis(1));
        assertThat(deleted).isNotDone();
        assertThat(caughtUp).isNotDone();
        seconds(1);

        assertThatThrownBy(deleted::join).hasCauseInstanceOf(TimeoutException.class);
        assertThatThrownBy(caughtUp::join).hasCauseInstanceOf(TimeoutException.class);
        assertThat(readsAlice()).isTrue();
    }

    @Test
    void withoutAMajorityItReadsAsItWas() {
        world.put(ALICE, 5);
        pass(A_MOMENT);
        world.group.lead(false);
        world.host("r1").kill();
        CompletableFuture<Optional<Long>> put = putAlice();
        seconds(60);

        assertThatThrownBy(put::join).hasCauseInstanceOf(TimeoutException.class);
        assertThat(readsAlice()).isTrue();
    }

    @Test
    void whatIsAskedOfSeveralNodesIsDoneOnce() {
        world.network.cut(new NodeId("r1"), new NodeId("m1"));
        CompletableFuture<Optional<Long>> put = putAlice();
        seconds(9);

        assertThat(put).isCompletedWithValue(Optional.of(1L));
        assertThat(world.group.entries()).as("it was asked for twice").isGreaterThan(1);
        assertThat(readsAlice()).isTrue();
    }

    @Test
    void whatOneNodeCannotAskForAnotherAsksFor() {
        world.replica("r1").lag(true);
        CompletableFuture<Optional<Long>> put = putAlice();
        seconds(2);

        assertThat(put).as("though nobody can read it here yet").isCompletedWithValue(Optional.of(1L));
        assertThat(readsAlice()).isFalse();
    }

    @Test
    void whatAnotherNodeAskedForIsReadOnceThatIsFollowed() {
        world.replica("r1").lag(true);
        CompletableFuture<Optional<Long>> put = putAlice();
        pass(Duration.ofMillis(400));
        assertThat(put).isNotDone();
        world.host("r1").kill();
        pass(Duration.ofMillis(700));

        assertThat(put).isCompleted();
        assertThat(readsAlice()).isTrue();
    }

    @Test
    void aDocumentThatIsTooLongIsRefusedAtOnce() {
        assertThatThrownBy(() -> mirror.put("accounts", "alice", new byte[Command.Put.LONGEST + 1], 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theLongestDocumentIsWrittenAndCopied() {
        putLongest();
        world.host("r1").kill();
        seconds(5);
        world.settle();
    }

    private void putLongest() {
        byte[] longest = new byte[Command.Put.LONGEST];
        assertThat(world.time.until(mirror.put("accounts", "alice", longest, 0)))
                .isPresent();
    }
}
