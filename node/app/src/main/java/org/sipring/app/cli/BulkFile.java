package org.sipring.app.cli;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.sipring.app.process.CommandFailure;

/** Which format a file of many accounts has, by the end of its name. */
final class BulkFile {
    static final String JSON_LINES = "application/jsonl";

    private static final Map<String, String> TYPES =
            Map.of("csv", "text/csv", "jsonl", JSON_LINES, "sql", "application/sql");

    private BulkFile() {}

    static String type(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        if (type == null) {
            throw new CommandFailure(file + ": the name must end with .csv, .jsonl or .sql, which says how to read it");
        }
        return type;
    }
}
