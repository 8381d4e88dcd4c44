package org.sipring.sip.locate;

import java.util.Locale;

/**
 * What DNS is asked.
 *
 * @param kind the type of records
 * @param name their owner, in lower case, without a dot at its end
 */
public record Question(Kind kind, String name) {
    /** Types of records. */
    public enum Kind {
        NAPTR,
        SRV,
        A,
        AAAA
    }

    /** Writes the name in its one form. */
    public Question {
        String lower = name.toLowerCase(Locale.ROOT);
        name = lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }
}
