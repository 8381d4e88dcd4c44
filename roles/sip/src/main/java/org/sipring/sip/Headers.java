package org.sipring.sip;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The header lines of one message, in order. Shares their list: nobody changes it any more. */
record Headers(List<HeaderLine> lines) {
    static final Headers NONE = new Headers(List.of());

    @Nullable
    HeaderLine first(HeaderName name) {
        // By index: every message is searched some thirty times, and an iterator would be garbage.
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).known == name) {
                return lines.get(i);
            }
        }
        return null;
    }

    int count(HeaderName name) {
        int count = 0;
        for (int i = 0; i < lines.size(); i++) {
            count += lines.get(i).known == name ? 1 : 0;
        }
        return count;
    }

    /** Whether one of them is there: one search for all. */
    boolean hasAny(Set<HeaderName> names) {
        for (int i = 0; i < lines.size(); i++) {
            HeaderName known = lines.get(i).known;
            if (known != null && names.contains(known)) {
                return true;
            }
        }
        return false;
    }

    Optional<String> value(HeaderName name) {
        return Optional.ofNullable(first(name)).map(HeaderLine::value);
    }

    Optional<String> value(String name) {
        HeaderName known = HeaderName.of(name);
        return known != null
                ? value(known)
                : lines.stream().filter(line -> line.is(name, null)).findFirst().map(HeaderLine::value);
    }

    /** All values, those of one line split where commas separate them. */
    List<String> values(HeaderName name) {
        List<String> values = List.of();
        for (int i = 0; i < lines.size(); i++) {
            HeaderLine line = lines.get(i);
            if (line.known == name) {
                values = values.isEmpty() ? new ArrayList<>(4) : values;
                add(line, values);
            }
        }
        return values;
    }

    private static void add(HeaderLine line, List<String> values) {
        if (line.known != null && line.known.list()) {
            Values.split(line.value(), values);
        } else {
            values.add(line.value());
        }
    }

    List<String> values(String name) {
        HeaderName known = HeaderName.of(name);
        return known != null
                ? values(known)
                : lines.stream()
                        .filter(line -> line.is(name, null))
                        .map(HeaderLine::value)
                        .toList();
    }

    /** All values as addresses; empty when one of them is malformed. */
    Optional<List<NameAddr>> addresses(HeaderName name) {
        return Values.readAll(values(name), NameAddr::parse);
    }

    /** The first line as a number; empty where there is none, -1 where it is malformed or above {@code most}. */
    OptionalLong number(HeaderName name, long most) {
        HeaderLine line = first(name);
        return line == null ? OptionalLong.empty() : OptionalLong.of(Ascii.number(line.value(), most));
    }

    /** The first line, read; null where there is none or it is malformed. */
    <T> @Nullable T read(HeaderName name, Class<T> kind, Function<String, Optional<T>> reader) {
        HeaderLine line = first(name);
        return line == null ? null : line.read(kind, reader);
    }

    /** How many bytes the lines have together. */
    int length() {
        int length = 0;
        for (int i = 0; i < lines.size(); i++) {
            length += lines.get(i).length();
        }
        return length;
    }

    void write(ByteBuffer out) {
        for (int from = 0; from < lines.size(); ) {
            int to = endOfRun(from);
            HeaderLine first = lines.get(from);
            out.put(first.source, first.start, lines.get(to - 1).end - first.start);
            from = to;
        }
    }

    // Most lines of a forwarded message stand together in the one that was received.
    private int endOfRun(int from) {
        int at = from + 1;
        while (at < lines.size() && lines.get(at).follows(lines.get(at - 1))) {
            at++;
        }
        return at;
    }
}
