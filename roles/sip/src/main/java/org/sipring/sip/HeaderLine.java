package org.sipring.sip;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where one header stands. The bytes may be an older message's: an edited message shares the lines that nobody
 * touched, and what has been read of them. Immutable but for memos: computed alike by every thread, of immutable
 * values, so that a race does no harm.
 */
final class HeaderLine {
    final byte[] source;
    final int start;
    final int end;
    final @Nullable HeaderName known;
    private final int nameEnd;
    private final int valueStart;
    private @Nullable String value;
    private @Nullable Object meaning;

    /** Marks a header; {@code end} is behind its CRLF. */
    HeaderLine(byte[] source, int start, int nameEnd, int valueStart, int end) {
        this(source, start, nameEnd, valueStart, end, HeaderName.of(source, start, nameEnd));
    }

    private HeaderLine(byte[] source, int start, int nameEnd, int valueStart, int end, @Nullable HeaderName known) {
        this.source = source;
        this.start = start;
        this.nameEnd = nameEnd;
        this.valueStart = valueStart;
        this.end = end;
        this.known = known;
    }

    static HeaderLine of(String name, String value) {
        if (!Ascii.token(name)) {
            throw new IllegalArgumentException("header " + name + ": a name is a token");
        }
        return of(name, HeaderName.of(name), value);
    }

    static HeaderLine of(HeaderName name, String value) {
        return of(name.text, name, value);
    }

    private static HeaderLine of(String name, @Nullable HeaderName known, String value) {
        if (value.indexOf('\r') >= 0 || value.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("header " + name + ": a value holds no line end");
        }
        byte[] bytes = (name + ": " + value + "\r\n").getBytes(StandardCharsets.UTF_8);
        return new HeaderLine(bytes, 0, name.length(), name.length() + 2, bytes.length, known);
    }

    /** The same header with another value. */
    HeaderLine with(String other) {
        return of(name(), known, other);
    }

    String name() {
        return new String(source, start, nameEnd - start, StandardCharsets.UTF_8);
    }

    boolean is(String name, @Nullable HeaderName asKnown) {
        return (known != null || asKnown != null) ? known == asKnown : name().equalsIgnoreCase(name);
    }

    boolean sameName(HeaderLine other) {
        return known != null ? known == other.known : other.known == null && name().equalsIgnoreCase(other.name());
    }

    int length() {
        return end - start;
    }

    /** Whether this line stands right behind another, so that both can be copied as one. */
    boolean follows(HeaderLine other) {
        return source == other.source && start == other.end;
    }

    /** The value, unfolded and trimmed. RFC 3261 section 7.3.1. */
    String value() {
        String memo = value;
        if (memo == null) {
            memo = unfolded();
            value = memo;
        }
        return memo;
    }

    private String unfolded() {
        int from = valueStart;
        int to = end;
        while (from < to && Ascii.white(source[from])) {
            from++;
        }
        while (to > from && Ascii.white(source[to - 1])) {
            to--;
        }
        String text = new String(source, from, to - from, StandardCharsets.UTF_8);
        return text.indexOf('\n') < 0 ? text : text.lines().map(Ascii::trimmed).collect(Collectors.joining(" "));
    }

    /** What the value means; null where it is malformed. Each header has one kind of meaning, and one reader. */
    <T> @Nullable T read(Class<T> kind, Function<String, Optional<T>> reader) {
        Object memo = meaning;
        if (kind.isInstance(memo)) {
            return kind.cast(memo);
        }
        T found = reader.apply(value()).orElse(null);
        meaning = found;
        return found;
    }
}
