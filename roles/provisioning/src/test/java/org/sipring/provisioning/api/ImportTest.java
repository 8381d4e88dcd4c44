package org.sipring.provisioning.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sipring.accounts.Accounts;
import org.sipring.accounts.domain.HostedDomain;
import org.sipring.api.Backups;
import org.sipring.api.StoreNotOpenException;
import org.sipring.api.Ticker;
import org.sipring.certs.Envelope;
import org.sipring.provisioning.bulk.Row;
import org.sipring.provisioning.bulk.Rows;
import org.sipring.runtime.Rooms;
import org.sipring.runtime.SystemChance;
import org.sipring.store.MemoryStore;
import org.sipring.store.archive.StoreBackups;
import org.sipring.store.command.Key;

/** Many changes of a store that cannot be read any more while they are made: an import, and a restoration. */
final class ImportTest {
    private static final int MANY = 70;
    private static final HostedDomain DOMAIN =
            new HostedDomain("sipring.test", Platform.ALGORITHMS, true, HostedDomain.Source.PLATFORM);

    @TempDir
    Path folder;

    private final Rooms rooms = new Rooms();
    private final Ticker room = rooms.open("room");
    private final MemoryStore store = new MemoryStore();

    @AfterEach
    void close() {
        rooms.close();
    }

    private Supplier<CompletionStage<ImportReport>> anImport(Accounts accounts) {
        List<Row> rows = IntStream.range(0, MANY)
                .mapToObj(i -> new Row(
                        i + 1,
                        "u" + i,
                        "",
                        JsonNodeFactory.instance.objectNode().put("password", "secret")))
                .toList();
        return new Import(DOMAIN, ImportMode.KEEP, new Rows(rows, Set.of()), accounts, room, (aor, fate) -> {})::run;
    }

    private CompletableFuture<ImportReport> imported(long readings) {
        return CompletableFuture.supplyAsync(anImport(new Accounts(new FailingStore(store, readings))), room::execute)
                .thenCompose(stage -> stage);
    }

    private static void assertNotOpen(CompletableFuture<?> stage) {
        assertThat(stage)
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableOfType(ExecutionException.class)
                .havingCause()
                .isInstanceOf(StoreNotOpenException.class)
                .withMessage(FailingStore.WHY);
    }

    /** Each row reads four times, and the first 64 rows before anything is known of the first change. */
    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3, 69, 70, 71, 72, 256, 257, 258, 259, 279})
    void anImportEndsWithTheFailureOfTheStoreThatItReads(long readings) {
        assertNotOpen(imported(readings));
        assertThat(store.list("accounts", "")).as("what had begun").hasSize((int) (readings / 4));
    }

    @Test
    void anImportThatReadsAllIsWhole() {
        assertThat(imported(4 * MANY)).succeedsWithin(Duration.ofSeconds(10)).satisfies(report -> assertThat(
                        report.of(ImportReport.Fate.CREATED))
                .isEqualTo(MANY));
    }

    private CompletableFuture<Backups.Replaced> restored(long readings) {
        List<Backups.Wanted> documents = IntStream.range(0, MANY)
                .mapToObj(i -> new Backups.Wanted(new Backups.Place("x", "%04d".formatted(i)), new byte[] {1}))
                .toList();
        FailingStore failing = new FailingStore(store, readings);
        StoreBackups.Origin origin = new StoreBackups.Origin("sipring.test", "n1", folder, Envelope::seal);
        return new StoreBackups(origin, failing, failing, new SystemChance(), room)
                .replace(new Backups.Part(Optional.empty(), Optional.empty(), documents), false)
                .toCompletableFuture();
    }

    private void fill() {
        for (int i = 0; i < MANY; i++) {
            store.put("x", "%04d".formatted(i), new byte[] {2}, 0)
                    .toCompletableFuture()
                    .join();
        }
    }

    /** Twice for each document, to compare and to change it, and for the keys of those that are there. */
    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 69, 70, 71, 129, 130, 131, 140, 141})
    void aRestorationEndsWithTheFailureOfTheStoreThatItReads(long readings) {
        fill();
        assertNotOpen(restored(readings));
        assertThat(store.keys(Optional.empty(), 2 * MANY)).extracting(Key::name).hasSize(MANY);
    }

    @Test
    void aRestorationThatReadsAllIsWhole() {
        fill();
        assertThat(restored(2 + 2 * MANY))
                .succeedsWithin(Duration.ofSeconds(10))
                .isEqualTo(new Backups.Replaced(0, MANY, 0, 0, 0));
    }
}
