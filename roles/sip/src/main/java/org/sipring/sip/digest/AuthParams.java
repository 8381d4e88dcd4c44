package org.sipring.sip.digest;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The parameters of a Digest challenge or of credentials, unquoted, names in lower case. RFC 7235 section 2.1. */
final class AuthParams {
    private static final String SCHEME = "Digest ";
    private static final int MOST = 32;

    private final Map<String, String> values = new LinkedHashMap<>();
    private final String text;
    private int at;

    private AuthParams(String text) {
        this.text = text;
    }

    /** Reads a header's value; empty for another scheme, a malformed text or a parameter that comes twice. */
    static Optional<AuthParams> parse(String header) {
        if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        AuthParams params = new AuthParams(header.substring(SCHEME.length()).trim());
        return params.readAll() ? Optional.of(params) : Optional.empty();
    }

    @Nullable
    String get(String name) {
        return values.get(name);
    }

    String get(String name, String otherwise) {
        return values.getOrDefault(name, otherwise);
    }

    boolean has(String... names) {
        for (String name : names) {
            if (!values.containsKey(name)) {
                return false;
            }
        }
        return true;
    }

    private boolean readAll() {
        while (at < text.length()) {
            if (!readOne() || values.size() > MOST) {
                return false;
            }
        }
        return !values.isEmpty();
    }

    private boolean readOne() {
        int equals = text.indexOf('=', at);
        if (equals <= at) {
            return false;
        }
        String name = text.substring(at, equals).trim().toLowerCase(Locale.ROOT);
        at = skipBlanks(equals + 1);
        String value = at < text.length() && text.charAt(at) == '"' ? quoted() : bare();
        at = skipBlanks(at);
        boolean ends = at == text.length();
        boolean separated = !ends && text.charAt(at) == ',';
        at = separated ? skipBlanks(at + 1) : at;
        return (ends || separated) && value != null && values.put(name, value) == null;
    }

    private @Nullable String quoted() {
        StringBuilder value = new StringBuilder();
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"') {
                at++;
                return value.toString();
            }
            if (c == '\\' && at + 1 < text.length()) {
                at++;
            }
            value.append(text.charAt(at));
        }
        return null;
    }

    private @Nullable String bare() {
        int comma = text.indexOf(',', at);
        String value = text.substring(at, comma < 0 ? text.length() : comma).trim();
        at = comma < 0 ? text.length() : comma;
        return value.isEmpty() || value.indexOf('"') >= 0 ? null : value;
    }

    private int skipBlanks(int from) {
        int next = from;
        while (next < text.length() && (text.charAt(next) == ' ' || text.charAt(next) == '\t')) {
            next++;
        }
        return next;
    }

    static String quote(String value) {
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
