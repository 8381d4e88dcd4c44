package org.sipring.proxy.journal;

/** Words of strangers for the operator's screen and files: no terminal obeys them, no line ends in them. */
public final class Printable {
    private Printable() {}

    /**
     * Escapes everything but printable ASCII. What has been escaped already stays as it is.
     *
     * @param words any text
     * @return the same, with a backslash and {@code x1b} for the escape character, for instance
     */
    public static String text(String words) {
        StringBuilder text = new StringBuilder(words.length());
        for (int i = 0; i < words.length(); i++) {
            char letter = words.charAt(i);
            if (letter >= ' ' && letter <= '~') {
                text.append(letter);
            } else {
                text.append(String.format(letter > 0xFF ? "\\u%04x" : "\\x%02x", (int) letter));
            }
        }
        return text.toString();
    }
}
