package org.sipring.api;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a large value is called: its name says what is in it, so equal values have one name, and none is ever changed. The hash
 * is SHA-256 over the value's length and the SHA-256 of each of its chunks; so a chunk can be judged without the others.
 *
 * @param hash in 64 hexadecimal digits, lower case
 * @param length in bytes
 */
public record LargeName(String hash, int length) {
    /** The longest value, in bytes. */
    public static final int LONGEST = 10 << 20;

    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern TEXT = Pattern.compile("([0-9a-f]{64})-(\\d{1,9})");

    /** Checks. */
    public LargeName {
        if (!HASH.matcher(hash).matches()) {
            throw new IllegalArgumentException("no SHA-256 in hexadecimal digits: " + hash);
        }
        if (length < 0 || length > LONGEST) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "a value of %d bytes: the longest has %d", length, LONGEST));
        }
    }

    /**
     * Reads {@link #toString}.
     *
     * @param text as a document may have it
     * @return the name
     */
    public static LargeName of(String text) {
        Matcher found = TEXT.matcher(text);
        if (!found.matches()) {
            throw new IllegalArgumentException("no name of a large value: " + text);
        }
        return new LargeName(found.group(1), Integer.parseInt(found.group(2)));
    }

    @Override
    public String toString() {
        return hash + '-' + length;
    }
}
