package org.sipring.app.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A program that is told what to do by typing.
 *
 * @param process the program
 * @param output the file that has all it says
 */
record Typed(Process process, Path output) {
    static Typed start(ProcessBuilder program, Path output) throws IOException {
        return new Typed(
                program.redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start(),
                output);
    }

    /** Types a line. */
    void type(String line) {
        try {
            Writer keyboard = process.outputWriter(StandardCharsets.UTF_8);
            keyboard.write(line + "\n");
            keyboard.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends it. */
    void end() {
        process.destroy();
        process.onExit().join();
    }

    /** All that it has said. */
    String said() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
