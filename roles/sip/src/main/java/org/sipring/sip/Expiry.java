package org.sipring.sip;

/** The numbers of Expires headers and parameters. RFC 3261 sections 10.3 step 7 and 20.19. */
public final class Expiry {
    /** What a malformed value counts as, in seconds. */
    public static final int MALFORMED = 3600;

    private Expiry() {}

    /**
     * Reads a number of seconds.
     *
     * @param text what was written
     * @return seconds; a malformed text counts as {@link #MALFORMED}, a number too large as the largest
     */
    public static int seconds(String text) {
        String digits = Ascii.trimmed(text);
        long number = Ascii.number(digits, Integer.MAX_VALUE);
        if (number >= 0) {
            return (int) number;
        }
        return digits.isEmpty() || !digits.chars().allMatch(Ascii::digit) ? MALFORMED : Integer.MAX_VALUE;
    }
}
