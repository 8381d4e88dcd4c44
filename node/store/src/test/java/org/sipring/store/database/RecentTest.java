package org.sipring.store.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.sipring.api.Store;
import org.sipring.store.command.Key;

final class RecentTest {
    private static final long BYTES = 1 << 20;
    private static final Key ALICE = new Key("accounts", "alice");

    private final Recent recent = new Recent(BYTES);
    private final List<Key> read = new ArrayList<>();
    private long revision = 1;

    private Optional<Store.Document> get(Key key) {
        return get(key, UnaryOperator.identity());
    }

    private Optional<Store.Document> get(Key key, UnaryOperator<Store.Document> meanwhile) {
        return recent.get(key, asked -> {
            read.add(asked);
            return Optional.of(meanwhile.apply(new Store.Document(asked.name(), revision, new byte[1_000])));
        });
    }

    private void change() {
        revision++;
        recent.changed(ALICE);
    }

    @Test
    void whatWasReadIsNotReadAgain() {
        assertThat(get(ALICE)).isEqualTo(get(ALICE)).isNotEmpty();
        assertThat(read).containsExactly(ALICE);
    }

    @Test
    void whatIsNotThereIsAskedForAgain() {
        assertThat(recent.get(ALICE, asked -> Optional.empty())).isEmpty();
        assertThat(get(ALICE)).isNotEmpty();
    }

    @Test
    void whatHasChangedIsReadAgain() {
        get(ALICE);
        change();

        assertThat(get(ALICE).map(Store.Document::revision)).contains(2L);
    }

    @Test
    void whatWasReadWhileItChangedIsNotKept() {
        Optional<Store.Document> former = get(ALICE, document -> {
            change();
            return document;
        });

        assertThat(former.map(Store.Document::revision)).contains(1L);
        assertThat(get(ALICE).map(Store.Document::revision)).contains(2L);
    }

    @Test
    void whatHasChangedIsReadAgainAlsoOfTheOlderHalf() {
        get(ALICE);
        fill("first", 500);
        change();

        assertThat(get(ALICE).map(Store.Document::revision)).contains(2L);
    }

    @Test
    void whatNobodyAsksForIsForgottenAndTheRestIsNot() {
        get(ALICE);
        for (int round = 0; round < 10; round++) {
            fill("round" + round, 200);
            get(ALICE);
        }
        assertThat(read).filteredOn(ALICE::equals).hasSize(1);

        read.clear();
        fill("round0", 200);
        assertThat(read).hasSize(200);
    }

    private void fill(String name, int documents) {
        for (int number = 0; number < documents; number++) {
            get(new Key("accounts", name + '-' + number));
        }
    }

    // Small, so that the halves turn all the time. The one who changes it must find what it is now.
    @Test
    void whatIsOutOfDateNeverComesBackFromTheOlderHalf() {
        Recent small = new Recent(200_000);
        AtomicLong current = new AtomicLong(1);
        AtomicBoolean over = new AtomicBoolean();
        Function<Key, Optional<Store.Document>> reading =
                key -> Optional.of(new Store.Document(key.name(), current.get(), new byte[500]));
        CompletableFuture<Void> others = CompletableFuture.runAsync(() -> {
            for (int number = 0; !over.get(); number++) {
                small.get(ALICE, reading);
                small.get(new Key("accounts", "other" + number % 200), reading);
            }
        });
        try {
            for (int time = 0; time < 300_000; time++) {
                long revision = current.incrementAndGet();
                small.changed(ALICE);
                assertThat(small.get(ALICE, reading).map(Store.Document::revision))
                        .contains(revision);
            }
        } finally {
            over.set(true);
        }
        assertThat(others).succeedsWithin(Duration.ofSeconds(10));
    }

    @Test
    void whatIsTooLongIsNotKept() {
        List<Integer> asked = new ArrayList<>();
        for (int time = 0; time < 2; time++) {
            recent.get(ALICE, key -> {
                asked.add(1);
                return Optional.of(new Store.Document(key.name(), 1, new byte[100_000]));
            });
        }
        assertThat(asked).hasSize(2);
    }

    @Test
    void nothingIsKnownAfterTheEnd() {
        get(ALICE);
        recent.clear();
        get(ALICE);

        assertThat(read).hasSize(2);
    }
}
