package org.sipring.store.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sipring.store.raft.TestGroup.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sipring.api.LargeName;
import org.sipring.store.command.Command;
import org.sipring.store.command.Key;
import org.sipring.store.command.RequestId;
import org.sipring.store.database.LargeShelf;
import org.sipring.store.large.ChunkName;
import org.sipring.store.large.LargeTransfer;
import org.sipring.testkit.SimChance;

/** Replicas that are given a copy when they come. */
@Tag("acceptance")
@Timeout(240)
final class LargeSnapshotTest {
    private final TestPlatform platform;
    private final byte[] announcement = new SimChance(7).bytes(LargeName.LONGEST);

    LargeSnapshotTest(@TempDir Path dir) throws Exception {
        platform = new TestPlatform(dir);
    }

    @AfterEach
    void stop() throws IOException {
        platform.close();
    }

    private LargeName write(byte[] content) {
        return await(LargeTransfer.write(platform.node("n1").store().chunks(), content));
    }

    private LargeName write(Submitter submitter) {
        LargeName name = write(announcement);
        Command put = new Command.Put(
                new RequestId(4, 0, Instant.EPOCH), new Key("voicemail", "greeting"), new byte[1], 0, Set.of(name));
        assertThat(await(submitter.submit(put)).answer().applied()).isTrue();
        return name;
    }

    // A copy is made after 64 MiB of chunks, and given to whoever joins.
    private void writeALot() {
        for (int number = 0; number < 6; number++) {
            var unused = write(new SimChance(number).bytes(LargeName.LONGEST));
        }
    }

    private byte[] read(String node, LargeName name) {
        LargeShelf shelf = platform.replica(node).database().orElseThrow().large();
        byte[] read = new byte[name.length()];
        int at = 0;
        for (ChunkName chunk : shelf.manifest(name).orElseThrow().chunks()) {
            byte[] bytes = shelf.chunk(chunk).orElseThrow();
            System.arraycopy(bytes, 0, read, at, bytes.length);
            at += bytes.length;
        }
        return read;
    }

    // The test's deadline is the limit.
    private void untilCopied(String node) throws Exception {
        while (copy(node).isEmpty()) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private Optional<Path> copy(String node) throws IOException {
        try (Stream<Path> files = Files.walk(platform.folder(node))) {
            return files.filter(file -> file.getFileName().toString().matches("snapshot\\.\\d+_\\d+"))
                    .findFirst();
        }
    }

    @Test
    void theyGetItsChunksWithTheCopyOfTheDatabase() throws Exception {
        platform.start("n1");
        platform.untilKeptBy("n1");
        LargeName name;
        try (Submitter submitter = platform.submitter("n1")) {
            name = write(submitter);
            writeALot();
        }
        untilCopied("n1");
        platform.start("n2", "n3");
        platform.untilEqual("n1", "n2", "n3");

        assertThat(copy("n3")).as("it came as files").isPresent();
        assertThat(read("n3", name)).isEqualTo(announcement);
        platform.restart("n3");
        platform.untilEqual("n1", "n2", "n3");
        assertThat(read("n3", name)).isEqualTo(announcement);
    }
}
