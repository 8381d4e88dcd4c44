package org.sipring.sip;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a header value or a URI, in the order they were written; names compare without regard to case.
 * Immutable. RFC 3261 section 7.3.1.
 */
public final class Params {
    /** No parameters of a header. */
    public static final Params NONE = new Params(List.of(), UnaryOperator.identity());

    /** No parameters of a URI, whose names and values may be escaped. RFC 3261 section 19.1.2. */
    static final Params NONE_OF_URI = new Params(List.of(), UriEscapes::unescape);

    private static final int MOST = 100;

    private final List<Param> list;
    // What a name or value means that is written so.
    private final UnaryOperator<String> reading;

    private Params(List<Param> list, UnaryOperator<String> reading) {
        this.list = list;
        this.reading = reading;
    }

    /** The list is handed over. */
    private Params of(List<Param> other) {
        return new Params(other, reading);
    }

    /**
     * Reads parameters.
     *
     * @param text {@code ;name=value;name;name="quoted"}, or nothing
     * @return the parameters, or empty when they are malformed
     */
    public static Optional<Params> parse(String text) {
        return Optional.ofNullable(parse(text, 0));
    }

    static @Nullable Params parse(String text, int from) {
        return NONE.read(text, from);
    }

    static @Nullable Params parseOfUri(String text, int from) {
        return NONE_OF_URI.read(text, from);
    }

    private @Nullable Params read(String text, int from) {
        int at = Ascii.skipBlanks(text, from);
        if (at == text.length()) {
            return this;
        }
        List<Param> found = new ArrayList<>(4);
        while (at < text.length()) {
            if (text.charAt(at) != ';' || found.size() == MOST) {
                return null;
            }
            int end = element(text, at + 1);
            Param param = end < 0 ? null : Param.parse(text, at + 1, end);
            if (param == null) {
                return null;
            }
            found.add(param);
            at = end;
        }
        return of(found);
    }

    /** Where the parameter that begins at {@code from} ends; -1 where a quote stays open or another value follows. */
    private static int element(String text, int from) {
        int at = from;
        while (at >= 0 && at < text.length() && text.charAt(at) != ';') {
            char c = text.charAt(at);
            at = c == ',' ? -1 : c == '"' ? Ascii.quotedEnd(text, at) : at + 1;
        }
        return at;
    }

    /**
     * Tells whether a parameter is there, with or without a value.
     *
     * @param name its name
     * @return true when it is
     */
    public boolean has(String name) {
        return find(name) != null;
    }

    /**
     * Finds a parameter's value, without quotes, and of a URI without escapes.
     *
     * @param name its name
     * @return the value of the first of that name, or empty when there is none or it has no value
     */
    public Optional<String> value(String name) {
        Param param = find(name);
        return param == null
                ? Optional.empty()
                : Optional.ofNullable(param.value).map(Params::unquoted).map(reading);
    }

    /**
     * The names, of a URI without escapes.
     *
     * @return in lower case, in the order written
     */
    public List<String> names() {
        return list.stream()
                .map(param -> Ascii.lower(reading.apply(param.name)))
                .toList();
    }

    /**
     * Sets a parameter, in its old place or at the end.
     *
     * @param name its name
     * @param value its value as it is to be written, or null for none
     * @return a copy
     */
    public Params with(String name, @Nullable String value) {
        Param set = new Param(name, value);
        if (!has(name)) {
            List<Param> longer = new ArrayList<>(list);
            longer.add(set);
            return of(longer);
        }
        return of(list.stream().map(param -> named(param, name) ? set : param).toList());
    }

    /**
     * Leaves a parameter out.
     *
     * @param name its name
     * @return a copy, or this where there is none of that name
     */
    public Params without(String name) {
        return has(name) ? of(list.stream().filter(param -> !named(param, name)).toList()) : this;
    }

    private @Nullable Param find(String name) {
        for (int i = 0; i < list.size(); i++) {
            if (named(list.get(i), name)) {
                return list.get(i);
            }
        }
        return null;
    }

    private boolean named(Param param, String name) {
        return reading.apply(param.name).equalsIgnoreCase(name);
    }

    static String unquoted(String text) {
        if (text.length() < 2 || text.charAt(0) != '"') {
            return text;
        }
        StringBuilder plain = new StringBuilder(text.length());
        for (int i = 1; i < text.length() - 1; i++) {
            if (text.charAt(i) == '\\' && i < text.length() - 2) {
                i++;
            }
            plain.append(text.charAt(i));
        }
        return plain.toString();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Params params && list.equals(params.list);
    }

    @Override
    public int hashCode() {
        return list.hashCode();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Param param : list) {
            text.append(';').append(param.name);
            if (param.value != null) {
                text.append('=').append(param.value);
            }
        }
        return text.toString();
    }

    private record Param(String name, @Nullable String value) {
        static @Nullable Param parse(String text, int from, int to) {
            int equals = text.indexOf('=', from);
            boolean valued = equals >= 0 && equals < to;
            String name = Ascii.trimmed(text, from, valued ? equals : to);
            String value = valued ? Ascii.trimmed(text, equals + 1, to) : null;
            boolean named = !name.isEmpty() && Ascii.visible(name) && name.indexOf('"') < 0;
            return named && (value == null || sound(value)) ? new Param(name, value) : null;
        }

        // Where an unquoted value ends that holds a blank or a NUL, two elements would not agree.
        private static boolean sound(String value) {
            return !value.isEmpty() && (value.charAt(0) == '"' || Ascii.visible(value));
        }
    }
}
