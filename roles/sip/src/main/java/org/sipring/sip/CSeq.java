package org.sipring.sip;

import java.util.Optional;

/**
 * A transaction's place in its dialog. RFC 3261 section 20.16.
 *
 * @param number below 2 to the power of 31
 * @param method the request's method
 */
public record CSeq(long number, String method) {
    private static final long MOST = (1L << 31) - 1;

    /**
     * Reads the header's value.
     *
     * @param text {@code 4711 INVITE}
     * @return the value, or empty when it is malformed
     */
    public static Optional<CSeq> parse(String text) {
        String trimmed = Ascii.trimmed(text);
        int end = Ascii.tokenEnd(trimmed, 0);
        long number = Ascii.number(trimmed, 0, end, MOST);
        String method = trimmed.substring(Ascii.skipBlanks(trimmed, end));
        return number < 0 || !Ascii.token(method) ? Optional.empty() : Optional.of(new CSeq(number, method));
    }

    @Override
    public String toString() {
        return number + " " + method;
    }
}
