package org.sipring.app.cli;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.sipring.app.process.CommandFailure;
import org.sipring.provisioning.bulk.BulkFormat;

/** A file of many accounts; the end of its name says what it is written in. */
final class BulkFile {
    static final String JSON_LINES = BulkFormat.JSON_LINES.mediaType();

    private static final long MOST_BYTES = 64L << 20;
    private static final Map<String, BulkFormat> FORMATS =
            Map.of("csv", BulkFormat.CSV, "jsonl", BulkFormat.JSON_LINES, "sql", BulkFormat.SQL);

    private BulkFile() {}

    static BulkFormat format(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        BulkFormat format = FORMATS.get(name.substring(name.lastIndexOf('.') + 1));
        if (format == null) {
            throw new CommandFailure(file + ": the name must end with .csv, .jsonl or .sql, which says how to read it");
        }
        return format;
    }

    static String text(Path file) throws IOException {
        if (Files.size(file) > MOST_BYTES) {
            throw new CommandFailure(file + ": more than 64 MiB: split it");
        }
        try {
            return Files.readString(file);
        } catch (CharacterCodingException malformed) {
            throw new CommandFailure(file + ": this is not UTF-8: convert it");
        }
    }
}
