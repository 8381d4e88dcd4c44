package org.sipring.sip;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where one header stands. The bytes may be an older message's: an edited message shares the lines that nobody
 * touched. Immutable but for a memo.
 */
final class HeaderLine {
    final byte[] source;
    final int start;
    final int end;
    final @Nullable HeaderName known;
    private final int nameEnd;
    private final int valueStart;
    private @Nullable String value;

    /** Marks a header; {@code end} is behind its CRLF. */
    HeaderLine(byte[] source, int start, int nameEnd, int valueStart, int end) {
        this.source = source;
        this.start = start;
        this.nameEnd = nameEnd;
        this.valueStart = valueStart;
        this.end = end;
        this.known = HeaderName.of(source, start, nameEnd);
    }

    static HeaderLine of(String name, String value) {
        if (value.indexOf('\r') >= 0 || value.indexOf('\n') >= 0 || !Ascii.token(name)) {
            throw new IllegalArgumentException("header " + name + ": a name is a token, a value holds no line end");
        }
        byte[] bytes = (name + ": " + value + "\r\n").getBytes(StandardCharsets.UTF_8);
        return new HeaderLine(bytes, 0, name.length(), name.length() + 2, bytes.length);
    }

    /** The same header with another value. */
    HeaderLine with(String other) {
        return of(name(), other);
    }

    String name() {
        return new String(source, start, nameEnd - start, StandardCharsets.UTF_8);
    }

    boolean is(String name, @Nullable HeaderName asKnown) {
        return (known != null || asKnown != null) ? known == asKnown : name().equalsIgnoreCase(name);
    }

    /** The value, unfolded and trimmed. RFC 3261 section 7.3.1. */
    String value() {
        String memo = value;
        if (memo == null) {
            memo = unfolded(new String(source, valueStart, end - valueStart, StandardCharsets.UTF_8));
            value = memo;
        }
        return memo;
    }

    private static String unfolded(String text) {
        String trimmed = text.trim();
        return trimmed.indexOf('\n') < 0
                ? trimmed
                : trimmed.lines().map(String::trim).collect(Collectors.joining(" "));
    }
}
