package org.sipring.sip;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
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
    private static final Map<HeaderName, byte[]> HEADS = heads();

    final byte[] source;
    final int start;
    final int end;
    final @Nullable HeaderName known;
    private final int valueStart;
    private @Nullable String value;
    private @Nullable Object meaning;

    /** Marks a header; {@code end} is behind its CRLF. */
    HeaderLine(byte[] source, int start, int nameEnd, int valueStart, int end) {
        this(source, start, valueStart, end, HeaderName.of(source, start, nameEnd));
    }

    private HeaderLine(byte[] source, int start, int valueStart, int end, @Nullable HeaderName known) {
        this.source = source;
        this.start = start;
        this.valueStart = valueStart;
        this.end = end;
        this.known = known;
    }

    static HeaderLine of(String name, String value) {
        if (!Ascii.token(name)) {
            throw new IllegalArgumentException("header " + name + ": a name is a token");
        }
        return of(head(name), HeaderName.of(name), value);
    }

    static HeaderLine of(HeaderName name, String value) {
        return of(Objects.requireNonNull(HEADS.get(name)), name, value);
    }

    /** A hop, whose meaning need not be read from its text again; {@code rest} are the hops of the same line behind it. */
    static HeaderLine of(Via hop, String rest) {
        String text = hop.toString();
        HeaderLine line = of(HeaderName.VIA, rest.isEmpty() ? text : text + ", " + rest);
        line.meaning = hop;
        return line;
    }

    private static Map<HeaderName, byte[]> heads() {
        Map<HeaderName, byte[]> heads = new EnumMap<>(HeaderName.class);
        for (HeaderName name : HeaderName.values()) {
            heads.put(name, head(name.text));
        }
        return heads;
    }

    private static byte[] head(String name) {
        return (name + ": ").getBytes(StandardCharsets.UTF_8);
    }

    private static HeaderLine of(byte[] head, @Nullable HeaderName known, String value) {
        if (value.indexOf('\r') >= 0 || value.indexOf('\n') >= 0) {
            throw new IllegalArgumentException(
                    "header " + new String(head, StandardCharsets.UTF_8) + "a value holds no line end");
        }
        byte[] text = value.getBytes(StandardCharsets.UTF_8);
        int end = head.length + text.length;
        byte[] bytes = Arrays.copyOf(head, end + 2);
        System.arraycopy(text, 0, bytes, head.length, text.length);
        bytes[end] = '\r';
        bytes[end + 1] = '\n';
        HeaderLine line = new HeaderLine(bytes, 0, head.length, bytes.length, known);
        line.value = Ascii.trimmed(value);
        return line;
    }

    /** The same header with another value. */
    HeaderLine with(String other) {
        return known != null ? of(known, other) : of(head(name()), null, other);
    }

    String name() {
        int nameEnd = start;
        while (Ascii.token(source[nameEnd])) {
            nameEnd++;
        }
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
