package org.sipring.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The page that two measurements write: what one brings leaves the other's chapter, the last one, as it was. */
final class Chapters {
    private static final String LAST = "## " + StoreReport.HEADING + '\n';

    private Chapters() {}

    /** Writes all chapters but the last one anew. */
    static void first(Path file, String text) throws IOException {
        Files.writeString(file, joined(text, last(present(file))));
    }

    /** Writes the last chapter anew. */
    static void last(Path file, String text) throws IOException {
        String before = present(file);
        Files.writeString(
                file, joined(before.substring(0, before.length() - last(before).length()), text));
    }

    private static String joined(String first, String last) {
        return first + (first.isEmpty() || first.endsWith("\n\n") ? "" : "\n") + last;
    }

    private static String present(Path file) throws IOException {
        return Files.exists(file) ? Files.readString(file) : "";
    }

    private static String last(String page) {
        int begin = page.indexOf(LAST);
        return begin < 0 ? "" : page.substring(begin);
    }
}
