package org.sipring.store.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.sipring.api.Store;
import org.sipring.store.database.Database;
import org.sipring.store.raft.StoreProcess;

/**
 * Replicas in processes of their own are killed and hung while others write: what was acknowledged is there, once, on all of
 * them. {@code -Dsipring.seed=N} chooses the same victims again.
 */
final class ChaosTest {
    private static final long SEED = Long.getLong("sipring.seed", System.nanoTime());
    private static final Duration MEDIAN = Duration.ofSeconds(5);
    private static final Duration WORST = Duration.ofSeconds(10);

    private final Machines machines;
    private final Ledger ledger = new Ledger();
    private final Pulse pulse = new Pulse();
    private final Writers writers;

    // Kept when it fails, with what the processes logged.
    ChaosTest(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path dir) throws Exception {
        machines = new Machines(dir);
        writers = new Writers(machines, ledger, pulse);
    }

    @AfterEach
    void end() throws IOException {
        try (machines) {
            writers.close();
        }
    }

    @Test
    @Tag("acceptance")
    @Timeout(240)
    void whatWasAcknowledgedIsThereOnceOnAllReplicas() throws Exception {
        live(new Mishaps.Plan(2, 1, 1)).print();
    }

    @Test
    @Tag("long")
    @Timeout(1_800)
    void soItIsAfterManyKills() throws Exception {
        Outages elections = live(new Mishaps.Plan(15, 3, 3));
        elections.print();
        assertThat(elections.median()).isLessThan(MEDIAN);
        assertThat(elections.worst()).isLessThan(WORST);
    }

    private Outages live(Mishaps.Plan plan) throws Exception {
        System.out.println("-Dsipring.seed=" + SEED);
        Mishaps mishaps = new Mishaps(machines, pulse, SEED);
        machines.start();
        writers.start();
        mishaps.play(plan);
        writers.stop();
        String digest = machines.untilEqual();
        System.out.printf("MEASURED %d kills: %s%n", mishaps.kills(), ledger);
        assertThat(ledger.broken()).isEmpty();
        // Nobody writes any more, also not that another leads.
        machines.kill();
        for (Machine machine : machines.all()) {
            judge(machine, digest);
        }
        return mishaps.elections();
    }

    // From its disk, so that what was told while it ran is compared with it as well.
    private void judge(Machine machine, String digest) throws IOException {
        try (Database database = Database.open(documents(machine.dir()))) {
            assertThat(HexFormat.of().formatHex(database.digest())).isEqualTo(digest);
            Map<String, Store.Document> found = database.list(StoreProcess.COLLECTION, "").stream()
                    .collect(Collectors.toMap(Store.Document::key, Function.identity()));
            assertThat(ledger.lost(found)).as("acknowledged and not there").isZero();
            assertThat(ledger.strange(found.keySet())).as("asked for by nobody").isZero();
            long counter = counter(found);
            assertThat(ledger.permits(counter))
                    .as("a counter of %d: %s", counter, ledger)
                    .isTrue();
        }
    }

    private static long counter(Map<String, Store.Document> found) {
        return Optional.ofNullable(found.get(Ledger.COUNTER))
                .map(document -> Long.parseLong(new String(document.value(), StandardCharsets.UTF_8)))
                .orElse(0L);
    }

    private static Path documents(Path dir) throws IOException {
        try (Stream<Path> files = Files.walk(dir)) {
            return files.filter(file -> file.endsWith("documents.db"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
