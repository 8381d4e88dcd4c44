package org.sipring.provisioning.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** How many accounts are written in one text. */
public enum BulkFormat {
    /** Comma-separated values, the first line naming the columns; also a dump of a {@code subscriber} table. */
    CSV("text/csv"),
    /** A JSON document a line. */
    JSON_LINES("application/jsonl"),
    /** What mysqldump writes of a {@code subscriber} table. For reading only. */
    SQL("application/sql");

    /** Those that accounts are written in. */
    public static final List<BulkFormat> WRITTEN = List.of(CSV, JSON_LINES);

    private final String mediaType;

    BulkFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    /**
     * Finds a format.
     *
     * @param mediaType its media type, in lower case, without parameters
     * @return empty for another one
     */
    public static Optional<BulkFormat> of(String mediaType) {
        return Arrays.stream(values())
                .filter(format -> format.mediaType.equals(mediaType))
                .findFirst();
    }

    /**
     * Names the format.
     *
     * @return its media type
     */
    public String mediaType() {
        return mediaType;
    }

    /**
     * Reads accounts.
     *
     * @param text all of them
     * @return the rows
     * @throws UnreadableException when it is not of this format
     */
    public Rows read(String text) throws UnreadableException {
        return switch (this) {
            case CSV -> Csv.read(text);
            case JSON_LINES -> JsonLines.read(text);
            case SQL -> SqlDump.read(text);
        };
    }

    /**
     * Writes accounts, in one of the {@link #WRITTEN} formats.
     *
     * @param accounts their documents
     * @return all of them
     */
    public String write(List<? extends JsonNode> accounts) {
        String lines = accounts.stream()
                .map(this == CSV ? Csv::write : JsonLines::write)
                .collect(Collectors.joining());
        return this == CSV ? Csv.header() + lines : lines;
    }
}
