package org.sipring.store.archive;

import java.util.Map;
import java.util.TreeMap;

/**
 * What is in an archive.
 *
 * @param documents how many of each collection
 * @param digest of all of them, in hexadecimal; the same for the same documents
 */
public record Summary(Map<String, Long> documents, String digest) {
    /** Copies. */
    public Summary {
        documents = Map.copyOf(documents);
    }

    /**
     * How many documents there are.
     *
     * @return of all collections
     */
    public long count() {
        return documents.values().stream().mapToLong(Long::longValue).sum();
    }

    @Override
    public String toString() {
        return new TreeMap<>(documents).toString().replaceAll("[{}]", "").replace("=", " ");
    }
}
