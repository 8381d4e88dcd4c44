package org.sipring.dns.zone;

import java.util.Comparator;
import java.util.Locale;

/**
 * Names one RRset.
 *
 * @param name the owner name: absolute, in lower case, ending with a dot
 * @param type the type's mnemonic, such as {@code SRV}
 */
public record RrKey(String name, String type) implements Comparable<RrKey> {
    private static final Comparator<RrKey> ORDER =
            Comparator.comparing(RrKey::name).thenComparing(RrKey::type);

    /** Lowers the name's case (RFC 4343) and checks that it is absolute. */
    public RrKey {
        name = name.toLowerCase(Locale.ROOT);
        type = type.toUpperCase(Locale.ROOT);
        if (!name.endsWith(".")) {
            throw new IllegalArgumentException("'" + name + "' is not absolute: end it with a dot");
        }
    }

    @Override
    public int compareTo(RrKey other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return name + " " + type;
    }
}
