package org.sipring.store.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sipring.store.command.Answer;
import org.sipring.store.command.Command;
import org.sipring.store.command.Key;
import org.sipring.store.command.RequestId;
import org.sipring.store.database.Entry.Place;
import org.sipring.store.large.ChunkFolder;

final class DatabaseTest {
    @TempDir
    private Path dir = Path.of("");

    private Database database;
    private Log log;

    @BeforeEach
    void open() throws IOException {
        database = Database.open(dir.resolve("store/documents.db"));
        log = new Log(database);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void reopen() throws IOException {
        database.close();
        database = Database.open(dir.resolve("store/documents.db"));
    }

    @Test
    void aRequestThatIsAskedTwiceIsDoneOnce() {
        Command put = new Command.Put(log.request(), Log.key("alice"), new byte[] {1}, 0);
        Answer first = log.apply(put);
        assertThat(log.apply(put)).isEqualTo(first).isEqualTo(Answer.written(1));
        log.delete("alice", 1);
        assertThat(log.apply(put)).isEqualTo(first);
        assertThat(log.value("alice")).isEmpty();
    }

    @Test
    void alsoWhenBothComeInOneBatch() {
        Command put = new Command.Put(log.request(), Log.key("alice"), new byte[] {1}, 0);
        assertThat(database.apply(List.of(log.next(put), log.next(put))))
                .containsExactly(Answer.written(1), Answer.written(1));
    }

    @Test
    void eachChangeOfABundleIsMadeOrRefusedByItself() throws IOException {
        Command.Put alice = new Command.Put(log.request(), Log.key("alice"), new byte[] {1}, 0);
        Command.Put late = new Command.Put(log.request(), Log.key("alice"), new byte[] {2}, 0);
        Command.Put bob = new Command.Put(log.request(), Log.key("bob"), new byte[] {1}, 0);
        Command bundle = new Command.Bundle(List.of(alice, late, bob, alice));
        List<Answer> answers = database.apply(List.of(log.next(bundle)));
        assertThat(answers).containsExactly(Answer.written(1), Answer.refused(1), Answer.written(2), Answer.written(1));

        reopen();
        assertThat(database.apply(log.entries)).as("the same entry").isEqualTo(answers);
        assertThat(database.apply(List.of(log.next(bundle)))).as("asked again").isEqualTo(answers);
        assertThat(database.apply(List.of(log.next(bob)))).as("by itself").containsExactly(Answer.written(2));
        database.verify();
    }

    @Test
    void aRefusalIsRememberedAsWell() {
        Command put = new Command.Put(log.request(), Log.key("alice"), new byte[] {1}, 4);
        assertThat(log.apply(put)).isEqualTo(Answer.refused(0));
        log.put("alice", "x", 0);
        assertThat(log.apply(put)).isEqualTo(Answer.refused(0));
    }

    @Test
    void whatWasAskedLongAgoIsForgotten() {
        RequestId old = log.request();
        log.apply(new Command.Put(old, Log.key("alice"), new byte[] {1}, 0));
        log.apply(new Command.Forget(old.made().plusMillis(1)));
        assertThat(log.apply(new Command.Put(old, Log.key("alice"), new byte[] {1}, 0)))
                .isEqualTo(Answer.refused(1));
    }

    @Test
    void whatWasAppliedBeforeARestartIsPassedOver() throws IOException {
        log.put("alice", "one", 0);
        log.put("alice", "two", 1);
        byte[] digest = database.digest();
        reopen();
        assertThat(database.place()).isEqualTo(new Place(1, 1));
        assertThat(database.apply(log.entries)).containsExactly(Answer.written(1), Answer.written(2));
        assertThat(database.digest()).isEqualTo(digest);
    }

    @Test
    void theLogsOwnEntriesOnlyMoveThePlace() throws IOException {
        database.apply(List.of(new Entry(new Place(3, 7), Optional.empty())));
        reopen();
        assertThat(database.place()).isEqualTo(new Place(3, 7));
    }

    @Test
    void whatWasReadBeforeIsReadAsItIsNow() {
        log.put("alice", "one", 0);
        assertThat(log.value("alice")).contains("one");
        log.put("alice", "two", 1);
        assertThat(log.value("alice")).contains("two");
        log.delete("alice", 2);
        assertThat(log.value("alice")).isEmpty();
    }

    @Test
    void aBatchThatFailsLeavesNothing() {
        Command good = new Command.Put(log.request(), Log.key("alice"), new byte[] {1}, 0);
        Command bad = new Command.Put(new RequestId(9, 9, noTime()), Log.key("bob"), new byte[] {1}, 0);
        List<Entry> batch = List.of(log.next(good), log.next(bad));
        assertThatThrownBy(() -> database.apply(batch)).isInstanceOf(NullPointerException.class);
        assertThat(log.value("alice")).isEmpty();
        assertThat(database.place()).isEqualTo(Place.NONE);
        assertThat(database.apply(batch.subList(0, 1))).containsExactly(Answer.written(1));
    }

    @SuppressWarnings({"NullAway", "DataFlowIssue"})
    private static Instant noTime() {
        return null;
    }

    @Test
    void replicasThatAppliedTheSameAreEqual() throws IOException {
        log.put("alice", "one", 0);
        log.put("bob", "one", 0);
        log.delete("bob", 2);
        try (Database other = Database.open(dir.resolve("other/documents.db"))) {
            other.apply(log.entries.subList(0, 2));
            assertThat(other.digest()).isNotEqualTo(database.digest());
            other.apply(log.entries);
            assertThat(other.digest()).isEqualTo(database.digest());
        }
    }

    @Test
    void aCopyIsAWholeDatabase() throws IOException {
        log.put("alice", "one", 0);
        Path copy = dir.resolve("it's a copy.db");
        assertThat(database.copyTo(copy, new ChunkFolder(dir.resolve("chunks")), () -> false))
                .isEqualTo(new Place(1, 0));
        log.put("alice", "two", 1);
        try (Database other = Database.open(copy)) {
            assertThat(other.place()).isEqualTo(new Place(1, 0));
            other.apply(log.entries);
            assertThat(other.digest()).isEqualTo(database.digest());
        }
    }

    /** At whichever of its steps nobody wants it any more. */
    @Test
    void aCopyThatNobodyWantsAnyMoreEndsSoonAndIsNoDamage() throws IOException {
        for (int number = 0; number < 2_000; number++) {
            log.put("key" + number, "one", 0);
        }
        int ended = 0;
        while (!copied(ended)) {
            ended++;
        }
        assertThat(ended).isPositive();
        assertThat(database.damage()).isEmpty();
    }

    private boolean copied(int questions) throws IOException {
        AtomicInteger left = new AtomicInteger(questions);
        try {
            var unused = database.copyTo(
                    dir.resolve("copy" + questions + ".db"),
                    new ChunkFolder(dir.resolve("chunks")),
                    () -> left.getAndDecrement() <= 0);
            return true;
        } catch (StoreFailedException end) {
            assertThat(end).hasMessageContaining("INTERRUPT");
            return false;
        }
    }

    @Test
    void aFlippedBitInADocumentIsNeverServed() throws IOException {
        log.put("alice", "the content of alice", 0);
        flip("the content of alice");
        assertThatThrownBy(() -> log.value("alice"))
                .isInstanceOf(DamagedException.class)
                .hasMessageContaining("documents.db is damaged: the document alice of accounts");
        assertThat(database.damage())
                .hasValueSatisfying(text -> assertThat(text).contains("alice"));
    }

    @Test
    void aFileThatIsNoDatabaseIsRefusedInWords() throws IOException {
        Path file = dir.resolve("nothing.db");
        Files.writeString(file, "this is no database at all, but it is long enough to be one".repeat(100));
        assertThatThrownBy(() -> Database.open(file))
                .isInstanceOf(DamagedException.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void allKeysAreWalkedThrough() {
        for (String name : List.of("alice", "bob", "carol")) {
            log.put(name, "x", 0);
            log.apply(new Command.Put(log.request(), new Key("policies", name), new byte[] {1}, 0));
        }
        log.delete("bob", 3);
        List<Key> first = database.keys(Optional.empty(), 2);

        assertThat(first).containsExactly(Log.key("alice"), Log.key("carol"));
        assertThat(database.keys(Optional.of(Log.key("carol")), 9))
                .extracting(Key::name)
                .containsExactly("alice", "bob", "carol");
        assertThat(database.keys(Optional.of(Log.key("bob")), 1))
                .as("which is gone")
                .containsExactly(Log.key("carol"));
        assertThat(database.keys(Optional.of(new Key("policies", "carol")), 9)).isEmpty();
    }

    // What stands before the key comes between two statements, or what stands behind it.
    @ParameterizedTest
    @ValueSource(strings = {"abe", "zoe"})
    void whatIsWrittenWhileManyLookForAMissingKeyIsNoDamage(String missing) {
        AtomicBoolean over = new AtomicBoolean();
        List<CompletableFuture<Void>> readers = Stream.generate(
                        () -> CompletableFuture.runAsync(() -> lookFor(missing, over)))
                .limit(3)
                .toList();
        for (int i = 0; i < 2000; i++) {
            log.delete("mia", log.put("mia", "x", 0).revision());
        }
        over.set(true);
        assertThat(readers).allSatisfy(reader -> assertThat(reader).succeedsWithin(Duration.ofSeconds(10)));
        assertThat(database.damage()).isEmpty();
    }

    private void lookFor(String missing, AtomicBoolean over) {
        while (!over.get()) {
            assertThat(log.value(missing)).isEmpty();
            assertThat(database.page("accounts", missing, "", 1)).isEmpty();
        }
    }

    // On the disk the text stands once, in the file or in its log.
    private void flip(String text) throws IOException {
        database.close();
        Path file = dir.resolve("store/documents.db");
        String content = Files.readString(file, StandardCharsets.ISO_8859_1);
        int place = content.indexOf(text);
        assertThat(place).isPositive();
        byte[] bytes = content.getBytes(StandardCharsets.ISO_8859_1);
        bytes[place] ^= 1;
        Files.write(file, bytes);
        open();
    }

    @Test
    void aMomentKnowsNothingOfWhatIsAppliedMeanwhile() throws IOException {
        for (int i = 0; i < 3000; i++) {
            log.put("user%04d".formatted(i), "before", 0);
        }
        List<String> told = new ArrayList<>();
        database.moment((key, document) -> {
            if (told.isEmpty()) {
                log.put("user2999", "after", document.revision() + 2999);
                log.delete("user2998", document.revision() + 2998);
                log.put("user9999", "after", 0);
            }
            told.add(key.name() + ' ' + new String(document.value(), StandardCharsets.UTF_8));
        });
        assertThat(told).hasSize(3000).contains("user2998 before", "user2999 before");
        assertThat(log.value("user2999")).contains("after");
        assertThat(log.value("user2998")).isEmpty();
    }

    @Test
    void whoHearsOfAMomentMayEndIt() {
        log.put("alice", "one", 0);
        IOException full = new IOException("full");
        assertThatThrownBy(() -> database.moment((key, document) -> {
                    throw full;
                }))
                .isSameAs(full);
    }

    @Test
    void aDamageThatATellerMeetsIsNotTheDisks() {
        log.put("alice", "one", 0);
        assertThatThrownBy(() -> database.moment((key, document) -> {
                    throw new DamagedException("what is sealed");
                }))
                .isInstanceOf(DamagedException.class)
                .hasMessageContaining("what is sealed");
        assertThat(database.damage()).isEmpty();
        assertThat(log.value("alice")).contains("one");
    }
}
