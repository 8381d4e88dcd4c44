package org.sipring.dns.zone;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A word of presentation form (RFC 1035 section 5.1).
 *
 * @param text as written, without its quotes, escapes kept
 */
record Word(String text) {
    static List<Word> split(String data) {
        List<Word> words = new ArrayList<>();
        int at = 0;
        while (at < data.length()) {
            char c = data.charAt(at);
            int end = Character.isWhitespace(c) ? at + 1 : end(data, at);
            if (c == '"') {
                words.add(new Word(data.substring(at + 1, end - 1)));
            } else if (!Character.isWhitespace(c)) {
                words.add(new Word(data.substring(at, end)));
            }
            at = end;
        }
        return words;
    }

    /** Where the word that starts here ends, its closing quote included. */
    private static int end(String data, int start) {
        boolean quoted = data.charAt(start) == '"';
        int at = quoted ? start + 1 : start;
        while (at < data.length()) {
            char c = data.charAt(at);
            if (quoted ? c == '"' : Character.isWhitespace(c)) {
                return quoted ? at + 1 : at;
            }
            at += c == '\\' ? 2 : 1;
        }
        if (quoted || at > data.length()) {
            throw new IllegalArgumentException("'" + data + "': a quote is not closed, or a backslash ends it");
        }
        return at;
    }

    /** The same bytes in quotes, with an escape only where one is needed. */
    String quoted() {
        StringBuilder out = new StringBuilder("\"");
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int at = 0;
        while (at < bytes.length) {
            if (bytes[at] != '\\') {
                append(out, bytes[at] & 0xFF);
                at += 1;
            } else if (at + 3 < bytes.length && isDigit(bytes[at + 1])) {
                append(out, decimal(text, new String(bytes, at + 1, 3, StandardCharsets.US_ASCII)));
                at += 4;
            } else {
                append(out, bytes[at + 1] & 0xFF);
                at += 2;
            }
        }
        return out.append('"').toString();
    }

    private static void append(StringBuilder out, int value) {
        if (value < 0x20 || value > 0x7E) {
            out.append("\\%03d".formatted(value));
        } else {
            out.append(value == '"' || value == '\\' ? "\\" : "").append((char) value);
        }
    }

    private static int decimal(String text, String digits) {
        if (!digits.matches("[01]\\d\\d|2[0-4]\\d|25[0-5]")) {
            throw new IllegalArgumentException("'" + text + "': \\" + digits + " is not a byte; write \\000 to \\255");
        }
        return Integer.parseInt(digits);
    }

    private static boolean isDigit(byte value) {
        return value >= '0' && value <= '9';
    }
}
