package org.sipring.app.cli;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.sipring.app.process.CommandFailure;

/** A file that holds a password, so that neither the process list nor a shell's history shows it. */
final class PasswordFile {
    // A line of a text, and not of a disk image that was named by mistake.
    private static final long LONGEST = 4096;

    private PasswordFile() {}

    /**
     * Reads the one line of a file.
     *
     * @throws CommandFailure when it has none, or more
     */
    static String read(Path file) throws IOException {
        List<String> lines = lines(file);
        if (lines.size() != 1 || lines.get(0).isEmpty()) {
            throw new CommandFailure(file + " must hold the password and nothing else, in one line");
        }
        return lines.get(0);
    }

    private static List<String> lines(Path file) throws IOException {
        try {
            return Files.size(file) > LONGEST ? List.of() : Files.readAllLines(file);
        } catch (CharacterCodingException binary) {
            throw new CommandFailure(file + " is no text in UTF-8");
        }
    }
}
