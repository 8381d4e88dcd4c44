package org.sipring.store.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sipring.store.command.Command;

/** Whatever a disk does to the database, nothing wrong is read from it. */
final class VerificationTest {
    private static final int DOCUMENTS = 300;
    private static final int MANY = 100_000;
    private static final int BATCH = 1_000;
    private static final int REMOVED = 7;
    private static final int HEADER_BITS = 800;
    private static final int FLIPS = 400;
    private static final long SEED = Long.getLong("sipring.seed", System.nanoTime());

    @TempDir
    private Path dir = Path.of("");

    private Path file() {
        return dir.resolve("store/documents.db");
    }

    private byte[] written() throws IOException {
        try (Database database = Database.open(file())) {
            Log log = new Log(database);
            for (int number = 0; number < DOCUMENTS; number++) {
                log.put(name(number), value(number), 0);
            }
            log.delete(name(REMOVED), REMOVED + 1);
            log.apply(new Command.Forget(log.request().made().minusMillis(DOCUMENTS / 2)));
            database.verify();
        }
        return Files.readAllBytes(file());
    }

    private static String name(int number) {
        return "user-%04d".formatted(number);
    }

    private static String value(int number) {
        return ("the account of " + name(number) + ' ').repeat(4);
    }

    @Test
    void whatWasWrittenRemovedAndForgottenIsWhole() throws IOException {
        written();
        try (Database database = Database.open(file())) {
            database.verify();
            assertThat(database.list("accounts", "")).hasSize(DOCUMENTS - 1);
        }
    }

    /** Each of the header, and some of the others. */
    @Test
    void aFlippedBitIsFoundOrChangesNothing() throws IOException {
        byte[] whole = written();
        SplittableRandom chance = new SplittableRandom(SEED);
        int found = 0;
        for (int round = 0; round < HEADER_BITS + FLIPS; round++) {
            int bit = round < HEADER_BITS ? round : chance.nextInt(whole.length * Byte.SIZE);
            flip(whole, bit);
            found += isWhole(bit) ? 0 : 1;
        }
        assertThat(found).as("seed %d", SEED).isGreaterThan(FLIPS / 2);
    }

    private void flip(byte[] whole, int bit) throws IOException {
        byte[] damaged = whole.clone();
        damaged[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
        Files.write(file(), damaged);
    }

    private boolean isWhole(int bit) throws IOException {
        try (Database database = Database.open(file())) {
            database.verify();
            assertThat(wrong(database)).as("bit %d, seed %d", bit, SEED).isZero();
            assertThat(database.list("accounts", ""))
                    .as("bit %d, seed %d", bit, SEED)
                    .hasSize(DOCUMENTS - 1);
            return true;
        } catch (DamagedException | StoreFailedException | IllegalStateException refused) {
            return false;
        }
    }

    /** How many documents are not read as they were written. */
    private static int wrong(Database database) {
        int wrong = 0;
        for (int number = 0; number < DOCUMENTS; number++) {
            Optional<String> expected = number == REMOVED ? Optional.empty() : Optional.of(value(number));
            wrong += database.get(Log.key(name(number)))
                            .map(document -> new String(document.value(), StandardCharsets.UTF_8))
                            .equals(expected)
                    ? 0
                    : 1;
        }
        return wrong;
    }

    /** Also before anybody has compared all of them. */
    @Test
    void aDocumentWhoseKeyIsDamagedIsNeverTakenForOneThatIsNotThere() throws IOException {
        byte[] whole = written();
        int read = 0;
        String text = new String(whole, StandardCharsets.ISO_8859_1);
        for (int number = 0; number < DOCUMENTS; number++) {
            int place = text.indexOf("accounts\0" + name(number));
            if (place >= 0) {
                flip(
                        whole,
                        (place + number % ("accounts\0".length() + name(number).length())) * Byte.SIZE);
                read += refusesToRead(number) ? 1 : 0;
            }
        }
        assertThat(read).isGreaterThan(DOCUMENTS / 2);
    }

    // Of what SQLite has moved, the place before still holds a copy.
    private static boolean isUnused(Database database) {
        try {
            database.verify();
            return true;
        } catch (DamagedException used) {
            return false;
        }
    }

    private boolean refusesToRead(int number) throws IOException {
        try (Database database = Database.open(file())) {
            if (isUnused(database)) {
                return false;
            }
            assertThatThrownBy(() -> database.get(Log.key(name(number))))
                    .as(name(number))
                    .isInstanceOf(DamagedException.class);
            assertThatThrownBy(() -> database.list("accounts", "")).isInstanceOf(DamagedException.class);
            assertThatThrownBy(() -> database.keys(Optional.empty(), DOCUMENTS)).isInstanceOf(DamagedException.class);
            return true;
        }
    }

    @Test
    void aHundredThousandDocumentsAreComparedInSeconds() throws IOException {
        try (Database database = Database.open(file())) {
            Log log = new Log(database);
            for (int number = 0; number < MANY; number += BATCH) {
                database.apply(IntStream.range(number, number + BATCH)
                        .mapToObj(one -> log.next(new Command.Put(
                                log.request(), Log.key(name(one)), value(one).getBytes(StandardCharsets.UTF_8), 0)))
                        .toList());
            }
            long begun = System.nanoTime();
            database.verify();
            Duration took = Duration.ofNanos(System.nanoTime() - begun);
            System.out.printf("MEASURED verification of %d documents and requests: %d ms%n", MANY, took.toMillis());
            assertThat(took).isLessThan(Duration.ofSeconds(10));
        }
    }

    @Test
    void aRowThatIsNotThereAnyMoreIsFound() throws Exception {
        written();
        sql("DELETE FROM document WHERE key = CAST('accounts' || char(0) || 'user-0100' AS BLOB)");
        refuses("the rows, some of which are missing");
    }

    @Test
    void alsoOneOfRequests() throws Exception {
        written();
        sql("DELETE FROM request WHERE low = (SELECT max(low) FROM request)");
        refuses("the rows, some of which are missing");
    }

    @Test
    void aRequestsAnswerThatIsAnotherIsFound() throws Exception {
        written();
        sql("UPDATE request SET revision = revision + 1 WHERE low = (SELECT max(low) FROM request)");
        refuses("what is remembered of a request");
    }

    @Test
    void whoSaysThatMoreHasBeenAppliedIsNotBelieved() throws Exception {
        written();
        sql("UPDATE progress SET entry = entry + 1");
        refuses("the note of how far the log has been applied");
    }

    private void sql(String statement) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement change = connection.createStatement()) {
            assertThat(change.executeUpdate(statement)).isOne();
        }
    }

    private void refuses(String what) {
        assertThatThrownBy(() -> {
                    try (Database database = Database.open(file())) {
                        database.verify();
                    }
                })
                .isInstanceOf(DamagedException.class)
                .hasMessageContaining(file() + " is damaged: " + what);
    }
}
