package org.sipring.store.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.sipring.store.raft.Outsider;
import org.sipring.store.raft.StoreProcess;

/** A disk takes nothing more: a small one in memory, in a namespace of the process's own. */
@Tag("acceptance")
@Timeout(180)
final class FullDiskTest {
    private static final Duration ANSWER = Duration.ofSeconds(20);
    private static final String LONG = "x".repeat(64 * 1024);
    // More than the log has allocated ahead.
    private static final int MANY = 40;
    // Another than that of the machines, or two would ask under one name.
    private static final long SEED = 7;

    // What is in the folder already is put onto the disk.
    private static final String OWN_DISK = "cp -a \"$0\" \"$0.settled\" && mount -t tmpfs -o size=40m sipring \"$0\""
            + " && cp -a \"$0.settled/.\" \"$0\" && exec \"$@\"";

    private final Path dir;
    private final Map<String, Long> written = new HashMap<>();

    FullDiskTest(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path dir) {
        this.dir = dir;
    }

    private static List<String> onOwnDisk(Path disk) {
        List<String> words = new ArrayList<>(List.of("unshare"));
        if (!System.getProperty("user.name").equals("root")) {
            words.add("--map-root-user");
        }
        words.addAll(List.of("--mount", "sh", "-c", OWN_DISK, disk.toString()));
        return words;
    }

    private void write(Outsider outsider, String name, int count) throws Exception {
        for (int number = 0; number < count; number++) {
            String key = name + number;
            written.put(
                    key,
                    outsider.put(key, LONG, 0)
                            .toCompletableFuture()
                            .get(ANSWER.toSeconds(), TimeUnit.SECONDS)
                            .revision());
        }
    }

    private static String ask(Machine machine, String question) {
        return machine.ask(question, ANSWER).orElseThrow();
    }

    private static void untilTrouble(Machine machine) throws InterruptedException {
        while (!ask(machine, "trouble").contains("until the disk of " + machine.dir() + " has room again")) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private void holdsAll(Machine machine, String question) {
        assertThat(written).allSatisfy((key, revision) -> assertThat(ask(machine, question + ' ' + key))
                .isEqualTo(revision + " " + LONG));
    }

    @Test
    void threeGoOnWithoutTheOneWhoseDiskIsFullAndItComesBack() throws Exception {
        try (Machines machines = new Machines(dir, List.of("n1", "n2", "n3"), FullDiskTest::onOwnDisk);
                Outsider outsider = machines.outsider("w1", SEED)) {
            machines.start();
            write(outsider, "before", 3);
            Machine full = machines.leader().orElseThrow();
            machines.untilEqual();
            Map<String, Long> before = Map.copyOf(written);
            assertThat(ask(full, "fill")).isEqualTo("No space left on device");

            write(outsider, "meanwhile", MANY);
            untilTrouble(full);
            assertThat(before).allSatisfy((key, revision) -> assertThat(ask(full, "old " + key))
                    .as("read all the same")
                    .isEqualTo(revision + " " + LONG));

            assertThat(ask(full, "free")).isEqualTo(StoreProcess.NONE);
            machines.untilWhole();
            machines.untilEqual();
            for (Machine machine : machines.all()) {
                assertThat(ask(machine, "trouble")).isEqualTo(StoreProcess.NONE);
                holdsAll(machine, "read");
            }
        }
    }

    @Test
    void oneAloneRefusesChangesAnswersReadsAndComesBack() throws Exception {
        try (Machines machines = new Machines(dir, List.of("n1"), FullDiskTest::onOwnDisk);
                Outsider outsider = machines.outsider("w1", SEED)) {
            machines.start();
            Machine only = machines.all().get(0);
            write(outsider, "before", 3);
            ask(only, "fill");
            assertThatThrownBy(() -> write(outsider, "meanwhile", MANY)).hasCauseInstanceOf(TimeoutException.class);
            untilTrouble(only);
            assertThat(ask(only, "write another"))
                    .contains("TimeoutException")
                    .contains("until the disk of " + only.dir() + " has room again");
            holdsAll(only, "old");

            ask(only, "free");
            machines.untilWhole();
            write(outsider, "after", 3);
            holdsAll(only, "read");
        }
    }
}
