package org.sipring.sip;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a header value or a URI, in the order they were written; names compare without regard to case.
 * Immutable. RFC 3261 section 7.3.1.
 */
public final class Params {
    /** No parameters of a header. */
    public static final Params NONE = new Params("", 0, 0, false);

    /** No parameters of a URI, whose names and values may be escaped. RFC 3261 section 19.1.2. */
    static final Params NONE_OF_URI = new Params("", 0, 0, true);

    private static final int MOST = 100;

    // Where they stand in a text, which may be the whole header's: each with its semicolon, without the blanks that may
    // stand around names and values. Most are asked for once or never: looking for them costs less than taking all of
    // them apart.
    private final String text;
    private final int from;
    private final int to;
    private final boolean ofUri;

    private Params(String text, int from, int to, boolean ofUri) {
        this.text = text;
        this.from = from;
        this.to = to;
        this.ofUri = ofUri;
    }

    private Params of(String other) {
        return of(other, 0, other.length());
    }

    private Params of(String other, int begin, int end) {
        return new Params(other, begin, end, ofUri);
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
        return NONE.read(text, from, text.length());
    }

    static @Nullable Params parseOfUri(String text, int from, int to) {
        return NONE_OF_URI.read(text, from, to);
    }

    private @Nullable Params read(String source, int begin, int end) {
        int at = Ascii.skipBlanks(source, begin, end);
        if (at == end) {
            return this;
        }
        Params tight = Ascii.visible(source, at, end) ? of(source, at, end) : of(tightened(source.substring(at, end)));
        return tight.sound() ? tight : null;
    }

    /** Without the blanks around names and values. What is malformed stays so. */
    private static String tightened(String written) {
        StringBuilder tight = new StringBuilder(written.length());
        int at = 0;
        while (at >= 0 && at < written.length()) {
            int end = element(written, at + 1, written.length());
            int to = end < 0 ? written.length() : end;
            int nameEnd = Ascii.findOrEnd('=', written, at + 1, to);
            tight.append(written.charAt(at)).append(Ascii.trimmed(written, at + 1, nameEnd));
            if (nameEnd < to) {
                tight.append('=').append(Ascii.trimmed(written, nameEnd + 1, to));
            }
            at = end;
        }
        return tight.toString();
    }

    private boolean sound() {
        int at = from;
        for (int count = 0; at < to; count++) {
            int end = text.charAt(at) == ';' && count < MOST ? element(at + 1) : -1;
            if (end < 0 || !sound(text, at + 1, end)) {
                return false;
            }
            at = end;
        }
        return true;
    }

    // Where an unquoted value ends that holds a blank or a NUL, two elements would not agree.
    private static boolean sound(String text, int from, int to) {
        int nameEnd = Ascii.findOrEnd('=', text, from, to);
        boolean named =
                nameEnd > from && Ascii.visible(text, from, nameEnd) && Ascii.find('"', text, from, nameEnd) < 0;
        int value = nameEnd + 1;
        return named
                && (nameEnd == to || (value < to && (text.charAt(value) == '"' || Ascii.visible(text, value, to))));
    }

    private int element(int begin) {
        return element(text, begin, to);
    }

    /** Where the parameter that begins at {@code from} ends; -1 where a quote stays open or another value follows. */
    private static int element(String text, int from, int to) {
        int at = from;
        while (at >= 0 && at < to && text.charAt(at) != ';') {
            char c = text.charAt(at);
            at = c == ',' ? -1 : c == '"' ? Ascii.quotedEnd(text, at, to) : at + 1;
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
        return find(name) >= 0;
    }

    /**
     * Finds a parameter's value, without quotes, and of a URI without escapes.
     *
     * @param name its name
     * @return the value of the first of that name, or empty when there is none or it has no value
     */
    public Optional<String> value(String name) {
        int begin = find(name);
        int end = begin < 0 ? begin : element(begin);
        int nameEnd = begin < 0 ? begin : Ascii.findOrEnd('=', text, begin, end);
        return nameEnd == end ? Optional.empty() : Optional.of(meaning(unquoted(text.substring(nameEnd + 1, end))));
    }

    /**
     * The names, of a URI without escapes.
     *
     * @return in lower case, in the order written
     */
    public List<String> names() {
        List<String> names = new ArrayList<>(4);
        int at = from;
        while (at < to) {
            int end = element(at + 1);
            names.add(Ascii.lower(meaning(text.substring(at + 1, Ascii.findOrEnd('=', text, at + 1, end)))));
            at = end;
        }
        return names;
    }

    /**
     * Sets a parameter, in its old place or at the end.
     *
     * @param name its name
     * @param value its value as it is to be written, or null for none
     * @return a copy
     */
    public Params with(String name, @Nullable String value) {
        String set = value == null ? name : name + '=' + value;
        int at = find(name);
        if (at < 0) {
            return of(toString() + ';' + set);
        }
        Params behind = of(text, element(at), to).without(name);
        return of(text.substring(from, at) + set + behind);
    }

    /**
     * Leaves a parameter out.
     *
     * @param name its name
     * @return a copy, or this where there is none of that name
     */
    public Params without(String name) {
        Params left = this;
        int at = find(name);
        while (at >= 0) {
            left = of(left.text.substring(left.from, at - 1) + left.text.substring(left.element(at), left.to));
            at = left.find(name);
        }
        return left;
    }

    /** Where the first parameter of a name begins, or -1. */
    private int find(String name) {
        int at = from;
        while (at < to) {
            int end = element(at + 1);
            if (named(at + 1, Ascii.findOrEnd('=', text, at + 1, end), name)) {
                return at + 1;
            }
            at = end;
        }
        return -1;
    }

    private boolean named(int begin, int end, String name) {
        if (ofUri && Ascii.find('%', text, begin, end) >= 0) {
            return UriEscapes.unescape(text.substring(begin, end)).equalsIgnoreCase(name);
        }
        return end - begin == name.length() && text.regionMatches(true, begin, name, 0, name.length());
    }

    // What is written so.
    private String meaning(String written) {
        return ofUri ? UriEscapes.unescape(written) : written;
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
        return other instanceof Params params
                && to - from == params.to - params.from
                && text.regionMatches(from, params.text, params.from, to - from);
    }

    @Override
    public int hashCode() {
        return toString().hashCode();
    }

    @Override
    public String toString() {
        return text.substring(from, to);
    }
}
