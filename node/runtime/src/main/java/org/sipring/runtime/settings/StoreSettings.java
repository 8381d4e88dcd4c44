package org.sipring.runtime.settings;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * How the platform's accounts and other documents are kept.
 *
 * @param durable whether they are kept on disks; else each node has its own in memory
 * @param port where the other replicas connect, mutual TLS
 * @param copies what a node with a replica keeps of it by itself
 */
public record StoreSettings(boolean durable, int port, Copies copies) {
    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofDays(30);

    /**
     * Copies of all documents.
     *
     * @param every how often one is written
     * @param keep how many are kept; 0: none is written
     * @param readers certificate files of those who may read them beside the node
     */
    public record Copies(Duration every, int keep, List<Path> readers) {
        /** Copies. */
        public Copies {
            readers = List.copyOf(readers);
        }
    }

    static StoreSettings read(Section section) {
        return new StoreSettings(
                section.flag("durable"),
                section.port("port"),
                new Copies(
                        section.duration("backup.every", SHORTEST, LONGEST),
                        section.number("backup.keep", 0, 1000),
                        section
                                .texts(
                                        "backup.readers",
                                        StoreSettings::isFile,
                                        "write whole paths of certificate files that can be read")
                                .stream()
                                .map(Path::of)
                                .toList()));
    }

    private static boolean isFile(String text) {
        return Path.of(text).isAbsolute() && Files.isReadable(Path.of(text));
    }
}
