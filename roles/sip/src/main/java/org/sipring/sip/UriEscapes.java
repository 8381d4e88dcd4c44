package org.sipring.sip;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The characters of SIP URIs and their escapes. RFC 3261 sections 19.1.1, 19.1.2 and 25.1. */
final class UriEscapes {
    private static final String MARK = "-_.!~*'()";
    // A hash sign has no place here, yet phones dial feature codes such as *21# without escaping it.
    private static final boolean[] USER = Ascii.marked(MARK + "&=+$,;?/#", true);
    private static final boolean[] TAIL = Ascii.marked(MARK + "[]/:&+$=;?", true);

    private UriEscapes() {}

    static boolean userInfo(String text, int from, int to) {
        int user = plainEnd(text, from, to, USER);
        return user == to || (text.charAt(user) == ':' && plainEnd(text, user + 1, to, USER) == to);
    }

    /** What may follow the user part: host, parameters and headers, loosely. */
    static boolean tail(String text, int from, int to) {
        return plainEnd(text, from, to, TAIL) == to;
    }

    /** Where the first character stands that is neither plain nor a part of an escape; {@code to} where there is none. */
    private static int plainEnd(String text, int from, int to, boolean[] plain) {
        int at = from;
        while (at < to && (text.charAt(at) == '%' ? escapeAt(text, at, to) : plain(text.charAt(at), plain))) {
            at++;
        }
        return at;
    }

    private static boolean plain(char c, boolean[] marks) {
        return c < marks.length && marks[c];
    }

    private static boolean escapeAt(String text, int at, int to) {
        return at + 2 < to && Ascii.hex(text.charAt(at + 1)) && Ascii.hex(text.charAt(at + 2));
    }

    static String unescape(String text) {
        return canonical(text, "");
    }

    /** Unescapes all but {@code kept}: an escaped reserved character is not the character itself. */
    static String canonical(String text, String kept) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        ByteArrayOutputStream plain = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            int c = escapeAt(text, i, text.length()) && text.charAt(i) == '%' ? octet(text, i) : -1;
            if (c < 0) {
                plain.writeBytes(text.substring(i, i + 1).getBytes(StandardCharsets.UTF_8));
            } else if (kept.indexOf(c) >= 0) {
                plain.writeBytes(escape(c).getBytes(StandardCharsets.US_ASCII));
                i += 2;
            } else {
                plain.write(c);
                i += 2;
            }
        }
        return plain.toString(StandardCharsets.UTF_8);
    }

    private static int octet(String text, int at) {
        return Integer.parseInt(text.substring(at + 1, at + 3), 16);
    }

    private static String escape(int octet) {
        return String.format(Locale.ROOT, "%%%02X", octet);
    }

    static String escapeUser(String user) {
        return escape(user, MARK + "&=+$,;?/");
    }

    /** Writes the value of a URI's parameter. */
    static String escapeParam(String value) {
        return escape(value, MARK + "[]/:&+$");
    }

    private static String escape(String plainText, String others) {
        StringBuilder text = new StringBuilder(plainText.length());
        for (byte octet : plainText.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = Ascii.letterOrDigit(octet) || (octet > 0 && others.indexOf(octet) >= 0);
            text.append(plain ? String.valueOf((char) octet) : escape(octet & 0xff));
        }
        return text.toString();
    }

    /** RFC 3261 section 19.1.4: header components are never ignored; their order does not count. */
    static boolean sameHeaders(String one, String other) {
        return one.equals(other) || headers(one).equals(headers(other));
    }

    private static List<String> headers(String text) {
        return Arrays.stream(text.split("&", -1))
                .map(header -> canonical(header, "").toLowerCase(Locale.ROOT))
                .sorted()
                .toList();
    }
}
