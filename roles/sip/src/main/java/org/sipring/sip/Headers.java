package org.sipring.sip;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The header lines of one message, in order. Shares their list: nobody changes it any more. */
record Headers(List<HeaderLine> lines) {
    static final Headers NONE = new Headers(List.of());

    @Nullable
    HeaderLine first(HeaderName name) {
        for (HeaderLine line : lines) {
            if (line.known == name) {
                return line;
            }
        }
        return null;
    }

    int count(HeaderName name) {
        int count = 0;
        for (HeaderLine line : lines) {
            count += line.known == name ? 1 : 0;
        }
        return count;
    }

    Optional<String> value(String name) {
        HeaderName known = HeaderName.of(name);
        for (HeaderLine line : lines) {
            if (line.is(name, known)) {
                return Optional.of(line.value());
            }
        }
        return Optional.empty();
    }

    /** All values, those of one line split where commas separate them. */
    List<String> values(String name) {
        HeaderName known = HeaderName.of(name);
        List<String> values = new ArrayList<>(4);
        for (HeaderLine line : lines) {
            if (line.is(name, known) && (known == null || known.list())) {
                Values.split(line.value(), values);
            } else if (line.is(name, known)) {
                values.add(line.value());
            }
        }
        return values;
    }

    /** All values as addresses; empty when one of them is malformed. */
    Optional<List<NameAddr>> addresses(HeaderName name) {
        return Values.readAll(values(name.text), NameAddr::parse);
    }

    /** The first line as a number; empty where there is none, -1 where it is malformed or above {@code most}. */
    OptionalLong number(HeaderName name, long most) {
        HeaderLine line = first(name);
        return line == null ? OptionalLong.empty() : OptionalLong.of(Ascii.number(line.value(), most));
    }

    /** The first line, read; null where there is none or it is malformed. */
    <T> @Nullable T read(HeaderName name, Function<String, Optional<T>> reader) {
        HeaderLine line = first(name);
        return line == null ? null : reader.apply(line.value()).orElse(null);
    }
}
