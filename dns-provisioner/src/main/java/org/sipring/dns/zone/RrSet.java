package org.sipring.dns.zone;

import java.util.Collection;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * All records of one name and type (RFC 2181 section 5).
 *
 * @param key name and type
 * @param ttl time to live, in seconds
 * @param data the records' data in presentation form, names absolute and in lower case; never empty
 */
public record RrSet(RrKey key, long ttl, SortedSet<String> data) {
    /** Copies the data. */
    public RrSet {
        if (data.isEmpty()) {
            throw new IllegalArgumentException(key + ": an RRset has at least one record");
        }
        data = Collections.unmodifiableSortedSet(new TreeSet<>(data));
    }

    /**
     * An RRset from loose parts.
     *
     * @param name the owner name, absolute
     * @param type the type's mnemonic
     * @param ttl in seconds
     * @param data the records' data
     * @return the RRset
     */
    public static RrSet of(String name, String type, long ttl, Collection<String> data) {
        return new RrSet(new RrKey(name, type), ttl, new TreeSet<>(data));
    }
}
