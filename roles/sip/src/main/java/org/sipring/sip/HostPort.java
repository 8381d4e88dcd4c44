package org.sipring.sip;

import org.jspecify.annotations.Nullable;

/** A host with an optional port, as URIs and Via write it. RFC 3261 section 25.1, {@code hostport}. */
record HostPort(String host, int port) {
    static final int NO_PORT = -1;

    /** Reads the whole text, or gives null where it is not a host with an optional port. */
    static @Nullable HostPort parse(String text) {
        int colon = text.startsWith("[") ? text.indexOf(':', text.indexOf(']') + 1) : text.indexOf(':');
        String host = (colon < 0 ? text : text.substring(0, colon)).trim();
        if (!host(host)) {
            return null;
        }
        if (colon < 0) {
            return new HostPort(host, NO_PORT);
        }
        int port = (int) Ascii.number(text.substring(colon + 1).trim(), 65_535);
        return port > 0 ? new HostPort(host, port) : null;
    }

    private static boolean host(String text) {
        return text.startsWith("[") ? reference(text) : !text.isEmpty() && named(text);
    }

    private static boolean named(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            // Underscores are no part of a host name, and are common in private networks all the same.
            if (!Ascii.letterOrDigit(c) && c != '-' && c != '.' && c != '_') {
                return false;
            }
        }
        return true;
    }

    private static boolean reference(String text) {
        String inner = text.endsWith("]") ? text.substring(1, text.length() - 1) : "";
        return inner.indexOf(':') >= 0 && inner.chars().allMatch(c -> Ascii.hex(c) || c == ':' || c == '.');
    }

    @Override
    public String toString() {
        return port == NO_PORT ? host : host + ':' + port;
    }
}
