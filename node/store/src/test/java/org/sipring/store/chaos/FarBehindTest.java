package org.sipring.store.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.sipring.store.raft.StoreProcess;

/** A replica that was away gets more of the log than it has memory, and takes it in. */
@Tag("acceptance")
@Timeout(240)
final class FarBehindTest {
    private static final Duration ANSWER = Duration.ofSeconds(15);
    // 1.5 MB each; a machine's Java has 160 MB in all.
    private static final int LARGE_VALUES = 200;

    private final Path dir;
    private final Machines machines;

    // Kept when it fails, with what the processes logged.
    FarBehindTest(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path dir) throws Exception {
        this.dir = dir;
        machines = new Machines(dir);
    }

    @AfterEach
    void end() {
        machines.close();
    }

    @Test
    void whatIsMoreThanItsMemoryIsTakenInStepByStep() throws Exception {
        machines.start();
        Machine away = machines.all().get(2);
        away.kill();
        Machine writer = machines.all().get(0);
        for (int number = 1; number <= LARGE_VALUES; number++) {
            assertThat(writer.ask("large " + number, ANSWER)).contains(StoreProcess.WRITTEN);
        }
        away.start();
        machines.untilWhole();

        assertThat(away.ask("has " + LARGE_VALUES, ANSWER)).contains(StoreProcess.WRITTEN);
        assertThat(Files.readString(dir.resolve(away.name() + ".log"))).doesNotContain("OutOfMemoryError");
    }
}
