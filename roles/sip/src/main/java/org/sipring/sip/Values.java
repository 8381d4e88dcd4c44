package org.sipring.sip;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The comma-separated values of one header line. RFC 3261 section 7.3.1. */
final class Values {
    private Values() {}

    /** The end of the value that begins at {@code from}: the next comma outside quotes and angle brackets. */
    static int end(String text, int from) {
        boolean inBrackets = false;
        for (int at = from; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"' && !inBrackets) {
                int quotedEnd = Ascii.quotedEnd(text, at);
                at = quotedEnd < 0 ? text.length() : quotedEnd - 1;
            } else if (c == '<' || c == '>') {
                inBrackets = c == '<';
            } else if (c == ',' && !inBrackets) {
                return at;
            }
        }
        return text.length();
    }

    static String first(String text) {
        return Ascii.trimmed(text, 0, end(text, 0));
    }

    /** What follows the first value and its comma; empty where it is the only one. */
    static String afterFirst(String text) {
        return Ascii.trimmed(text, Math.min(text.length(), end(text, 0) + 1), text.length());
    }

    static void split(String text, List<String> into) {
        for (int at = 0; at <= text.length(); ) {
            int end = end(text, at);
            into.add(Ascii.trimmed(text, at, end));
            at = end + 1;
        }
    }

    /** Reads every text, or gives nothing where one of them is malformed. */
    static <T> Optional<List<T>> readAll(List<String> texts, Function<String, Optional<T>> reader) {
        List<T> found = new ArrayList<>(texts.size());
        for (String text : texts) {
            Optional<T> one = reader.apply(text);
            if (one.isEmpty()) {
                return Optional.empty();
            }
            found.add(one.get());
        }
        return Optional.of(List.copyOf(found));
    }
}
