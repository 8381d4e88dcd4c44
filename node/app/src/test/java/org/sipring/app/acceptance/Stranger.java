package org.sipring.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/** A node beside those of a demo, started by hand and stopped when closed. */
final class Stranger implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Path console;
    private final Process process;

    /**
     * Starts {@code sipring node}.
     *
     * @param identity its identity folder
     * @param config its configuration
     * @param more options
     */
    Stranger(Path identity, Path config, String... more) {
        console = identity.resolveSibling(identity.getFileName() + ".console");
        try {
            List<String> words = new ArrayList<>(
                    List.of("./sipring", "node", "--identity", identity.toString(), "--config", config.toString()));
            words.addAll(List.of(more));
            process = new ProcessBuilder(words)
                    .directory(Command.ROOT.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(console.toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All that it printed until now. */
    String console() {
        try {
            return Files.readString(console);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** It goes on trying, and says on its console what an operator must know. */
    void says(String... words) {
        Awaitility.await().atMost(LIMIT).pollInterval(Duration.ofMillis(100)).untilAsserted(() -> assertThat(console())
                .contains(List.of(words)));
        assertThat(process.isAlive()).as(console()).isTrue();
    }

    /** It ends by itself with status 1, and its console says why. */
    void endsSaying(String... words) {
        Awaitility.await("the node to end").atMost(LIMIT).until(() -> !process.isAlive());
        assertThat(console()).contains(List.of(words));
        assertThat(process.exitValue()).as(console()).isEqualTo(1);
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
