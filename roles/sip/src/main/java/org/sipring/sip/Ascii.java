package org.sipring.sip;

import java.util.Locale;

/** The alphabet of RFC 3261 section 25.1. */
final class Ascii {
    private static final boolean[] TOKEN = marked("-.!%*_+`'~", true);
    private static final boolean[] HEX = marked("abcdefABCDEF0123456789", false);
    private static final boolean[] LETTER_OR_DIGIT = marked("", true);

    private static final char DELETE = 127;

    private Ascii() {}

    static boolean token(int c) {
        return c >= 0 && c < 128 && TOKEN[c];
    }

    static boolean hex(int c) {
        return c >= 0 && c < 128 && HEX[c];
    }

    static boolean blank(int c) {
        return c == ' ' || c == '\t';
    }

    /**
     * What may stand around a value: blanks and folds. Not all that {@link String#trim} takes off: a neighbour that takes
     * no NUL for a blank would read another value.
     */
    static boolean white(int c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }

    /** Whether a text holds no blank and no control character. */
    static boolean visible(String text) {
        return visible(text, 0, text.length());
    }

    static boolean visible(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) <= ' ' || text.charAt(i) == DELETE) {
                return false;
            }
        }
        return true;
    }

    /** Where a character stands in a part of a text; {@code to} where it does not. */
    static int findOrEnd(char wanted, String text, int from, int to) {
        int at = find(wanted, text, from, to);
        return at < 0 ? to : at;
    }

    /** Where a character stands in a part of a text, or -1. */
    static int find(char wanted, String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) == wanted) {
                return i;
            }
        }
        return -1;
    }

    /** A text without white space around it. */
    static String trimmed(String text) {
        return trimmed(text, 0, text.length());
    }

    /** A part of a text, trimmed. */
    static String trimmed(String text, int from, int to) {
        int start = skipWhite(text, from, to);
        return start == to ? "" : text.substring(start, whiteBegins(text, start, to));
    }

    static int skipWhite(String text, int from, int to) {
        int at = from;
        while (at < to && white(text.charAt(at))) {
            at++;
        }
        return at;
    }

    /** Where the white space begins that a part of a text ends with. */
    static int whiteBegins(String text, int from, int to) {
        int end = to;
        while (end > from && white(text.charAt(end - 1))) {
            end--;
        }
        return end;
    }

    static boolean digit(int c) {
        return c >= '0' && c <= '9';
    }

    static boolean letterOrDigit(int c) {
        return c >= 0 && c < 128 && LETTER_OR_DIGIT[c];
    }

    static boolean token(String text) {
        return !text.isEmpty() && tokenEnd(text, 0) == text.length();
    }

    static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    static String upper(String text) {
        return text.toUpperCase(Locale.ROOT);
    }

    static int lower(int c) {
        return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
    }

    static boolean equalsLower(byte[] bytes, int from, String lower) {
        for (int i = 0; i < lower.length(); i++) {
            if (lower(bytes[from + i]) != lower.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    static int skipBlanks(String text, int from) {
        return skipBlanks(text, from, text.length());
    }

    static int skipBlanks(String text, int from, int to) {
        int at = from;
        while (at < to && blank(text.charAt(at))) {
            at++;
        }
        return at;
    }

    /** The end of a token that begins at {@code from}; {@code from} itself where there is none. */
    static int tokenEnd(String text, int from) {
        int at = from;
        while (at < text.length() && token(text.charAt(at))) {
            at++;
        }
        return at;
    }

    /** The place after the quoted string whose first quote is at {@code from}, or -1 where the quote stays open. */
    static int quotedEnd(String text, int from) {
        return quotedEnd(text, from, text.length());
    }

    /** The same, where the text goes no further than {@code to}. */
    static int quotedEnd(String text, int from, int to) {
        for (int at = from + 1; at < to; at++) {
            char c = text.charAt(at);
            if (c == '"') {
                return at + 1;
            }
            if (c == '\\') {
                at++;
            }
        }
        return -1;
    }

    /** The number that a text of digits writes, or -1 where it is not all digits or above {@code most}. */
    static long number(String text, long most) {
        return number(text, 0, text.length(), most);
    }

    /** The number that a part of a text writes. */
    static long number(String text, int from, int to, long most) {
        if (from == to || to - from > 18) {
            return -1;
        }
        long value = 0;
        for (int i = from; i < to; i++) {
            if (!digit(text.charAt(i))) {
                return -1;
            }
            value = value * 10 + (text.charAt(i) - '0');
        }
        return value <= most ? value : -1;
    }

    /** Which characters are some others, or letters and digits too. */
    static boolean[] marked(String others, boolean alphanumeric) {
        boolean[] marks = new boolean[128];
        for (int c = 0; c < marks.length; c++) {
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            marks[c] = others.indexOf(c) >= 0 || (alphanumeric && (letter || digit(c)));
        }
        return marks;
    }
}
