package org.sipring.provisioning.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
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
        List<Row> rows = new ArrayList<>();
        Set<String> ignored = read(text, rows::add);
        return new Rows(rows, ignored);
    }

    /**
     * Reads accounts, of which there may be more than memory has room for.
     *
     * @param text all of them
     * @param taker is given one after the other, in the caller's thread, until one cannot be read
     * @return names of columns that mean nothing here
     * @throws UnreadableException when it is not of this format
     */
    public Set<String> read(String text, Consumer<Row> taker) throws UnreadableException {
        return switch (this) {
            case CSV -> Csv.read(text, taker);
            case JSON_LINES -> JsonLines.read(text, taker);
            case SQL -> SqlDump.read(text, taker);
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
