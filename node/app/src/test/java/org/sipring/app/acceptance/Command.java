package org.sipring.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A program run to its end.
 *
 * @param exit its exit status
 * @param output all that it printed, both streams
 */
record Command(int exit, String output) {
    /** The project's root: where {@code ./sipring} is. */
    static final Path ROOT = Path.of(System.getProperty("sipring.root"));

    static Command run(Duration limit, String... words) {
        return run(limit, List.of(words));
    }

    static Command run(Duration limit, List<String> words) {
        try {
            Path output = Files.createTempFile("sipring-", ".out");
            Process process = new ProcessBuilder(words)
                    .directory(ROOT.toFile())
                    .redirectErrorStream(true)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(output.toFile())
                    .start();
            boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (!ended) {
                process.destroyForcibly().waitFor();
            }
            // Some print what is no text; that is no reason to fail.
            String text = new String(Files.readAllBytes(output), StandardCharsets.UTF_8);
            Files.delete(output);
            assertThat(ended)
                    .as("%s ended within %s; it printed:%n%s", words, limit, text)
                    .isTrue();
            return new Command(process.exitValue(), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    static Command sipring(Duration limit, String... arguments) {
        return run(
                limit,
                Stream.concat(Stream.of("./sipring"), Arrays.stream(arguments)).toList());
    }

    Command succeeded() {
        assertThat(exit).as(output).isZero();
        return this;
    }
}
