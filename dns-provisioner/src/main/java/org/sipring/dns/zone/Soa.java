package org.sipring.dns.zone;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The data of a SOA record (RFC 1035 section 3.3.13). Times in seconds.
 *
 * @param names MNAME and RNAME, as one text
 * @param serial 32 bits, compared by RFC 1982
 * @param refresh how often a secondary asks
 * @param retry how soon it asks again
 * @param expire when it gives up
 * @param minimum how long "there is no such record" may be cached (RFC 2308 section 4)
 */
public record Soa(String names, int serial, long refresh, long retry, long expire, long minimum) {
    private static final Pattern SPACE = Pattern.compile("\\s+");

    static Soa parse(String data) {
        List<String> words = List.of(SPACE.split(data.strip()));
        if (words.size() != 7) {
            throw new IllegalArgumentException("SOA '" + data + "': write two names and five numbers");
        }
        return new Soa(
                words.get(0) + " " + words.get(1),
                Integer.parseUnsignedInt(words.get(2)),
                Long.parseLong(words.get(3)),
                Long.parseLong(words.get(4)),
                Long.parseLong(words.get(5)),
                Long.parseLong(words.get(6)));
    }

    /**
     * The data of an RRset's first record.
     *
     * @param set of type SOA, in canonical spelling
     * @return its fields
     * @throws IllegalArgumentException when it has not two names and five numbers; the message shows it
     */
    public static Soa of(RrSet set) {
        return parse(set.data().first());
    }

    /** Zero is left out: RFC 2136 section 7.11 (some servers take it for "none"). */
    Soa next() {
        return new Soa(names, serial == -1 ? 1 : serial + 1, refresh, retry, expire, minimum);
    }

    /** RFC 1982 section 3.2. */
    boolean isNewerThan(Soa other) {
        return serial - other.serial > 0;
    }

    @Override
    public String toString() {
        return "%s %s %d %d %d %d".formatted(names, Integer.toUnsignedString(serial), refresh, retry, expire, minimum);
    }
}
