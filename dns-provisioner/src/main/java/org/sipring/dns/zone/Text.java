package org.sipring.dns.zone;

import java.util.Optional;

/** TXT data of one string (RFC 1035 section 3.3.14) in presentation form. Sipring writes only plain ASCII words. */
public final class Text {
    private static final int LONGEST = 255;

    private Text() {}

    /**
     * The data that holds these words.
     *
     * @param words plain ASCII without quote and backslash, at most 255 octets
     * @return presentation form
     * @throws IllegalArgumentException when they do not fit; the message shows them
     */
    public static String quote(String words) {
        if (words.length() > LONGEST || !words.chars().allMatch(Text::plain)) {
            throw new IllegalArgumentException("'" + words + "' does not fit into one TXT string of plain ASCII");
        }
        return '"' + words + '"';
    }

    /**
     * The words that data holds.
     *
     * @param data of a TXT record, in presentation form
     * @return the words, or empty when this is not one string of plain ASCII
     */
    public static Optional<String> unquote(String data) {
        int last = data.length() - 1;
        if (last < 1 || data.charAt(0) != '"' || data.charAt(last) != '"') {
            return Optional.empty();
        }
        return Optional.of(data.substring(1, last))
                .filter(words -> words.chars().allMatch(Text::plain));
    }

    private static boolean plain(int letter) {
        return letter >= ' ' && letter <= '~' && letter != '"' && letter != '\\';
    }
}
