package org.sipring.store.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sipring.store.command.Command;
import org.sipring.store.command.Key;
import org.sipring.store.command.RequestId;

/** Replicas that come when the log's begin is no longer there. */
@Tag("acceptance")
@Timeout(180)
final class CatchUpTest {
    // A copy is made after 20,000 entries, 10,000 are kept besides, and only a whole file of 8 MB is dropped.
    private static final int ENTRIES = 21_000;
    private static final int DOCUMENTS = 11_000;
    private static final int BYTES = 1_000;
    // All are asked for at once, so that the last waits for all others.
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final TestPlatform platform;

    CatchUpTest(@TempDir Path dir) throws Exception {
        platform = new TestPlatform(dir);
    }

    @AfterEach
    void stop() throws IOException {
        platform.close();
    }

    private static Command put(int number) {
        return new Command.Put(
                new RequestId(3, number, Instant.EPOCH), new Key("accounts", "key" + number), new byte[BYTES], 0);
    }

    // Documents go together, many to an entry; what has an entry to itself follows.
    private void writeALot() throws IOException {
        try (Submitter submitter = platform.submitter("n1", PATIENCE)) {
            all(submitter, IntStream.range(0, DOCUMENTS).mapToObj(CatchUpTest::put));
            all(
                    submitter,
                    Stream.<Command>generate(() -> new Command.Forget(Instant.EPOCH))
                            .limit(ENTRIES));
        }
    }

    // The test's deadline is the limit.
    private void untilTheLogBeginsLater() throws Exception {
        while (!Disk.all(platform.folder("n1"), "log_0-").isEmpty()) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private static void all(Submitter submitter, Stream<Command> commands) {
        CompletableFuture<?>[] asked = commands.map(submitter::submit)
                .map(CompletionStage::toCompletableFuture)
                .toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(asked).orTimeout(240, TimeUnit.SECONDS).join();
    }

    private boolean gotACopy(String node) throws IOException {
        try (Stream<Path> files = Files.walk(platform.folder(node))) {
            return files.anyMatch(file -> file.getFileName().toString().startsWith("snapshot."));
        }
    }

    @Test
    void theyGetACopyAndGoOnFromThere() throws Exception {
        platform.start("n1");
        platform.untilKeptBy("n1");
        writeALot();
        untilTheLogBeginsLater();
        platform.start("n2", "n3");
        platform.untilEqual("n1", "n2", "n3");
        platform.write("n2", "afterwards");
        platform.untilEqual("n1", "n2", "n3");

        assertThat(gotACopy("n2")).isTrue();
        assertThat(gotACopy("n3")).isTrue();
        assertThat(platform.replica("n3").database().orElseThrow().list("accounts", ""))
                .hasSize(DOCUMENTS + 1);

        platform.restart("n3");
        platform.untilEqual("n1", "n2", "n3");

        // A loss of power may take what was renamed last, and leave the log without its begin.
        platform.restartWithout("n3", "snapshot.");
        platform.write("n2", "without a copy");
        platform.untilEqual("n1", "n2", "n3");
    }
}
