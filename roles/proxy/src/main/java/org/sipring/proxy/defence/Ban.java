package org.sipring.proxy.defence;

import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;

/**
 * The last word on some senders: that they are not heard for a while, or that they are heard again.
 *
 * @param senders who
 * @param since when it was said, in milliseconds since 1970 by the clock of the node that said so, and later than what that
 *     node had heard before: of two words the later holds, on all nodes and after a partition
 * @param until when they are heard again, in milliseconds since 1970
 * @param kept when this may be forgotten: when the longest ban that was known of them ends
 * @param reason why
 * @param text the operator's own words, often none
 */
public record Ban(Senders senders, long since, long until, long kept, Reason reason, String text) {
    private static final Comparator<Ban> LATER = Comparator.comparingLong(Ban::since)
            .thenComparing(Ban::isLifted)
            .thenComparingLong(Ban::until)
            .thenComparing(Ban::reason)
            .thenComparing(Ban::text);

    /** Why somebody is not heard, or is again. */
    public enum Reason {
        /** It proved wrongly who it is, again and again. */
        AUTHENTICATION('a', "failed authentication"),
        /** It sent far too much over connections. */
        FLOOD('f', "flooding"),
        /** An operator said so. */
        OPERATOR('o', "operator"),
        /** An operator took the ban back. */
        LIFTED('l', "lifted");

        private final char code;
        private final String text;

        Reason(char code, String text) {
            this.code = code;
            this.text = text;
        }

        /** What names it in the table. */
        char code() {
            return code;
        }

        static Reason of(char code) {
            return Arrays.stream(values())
                    .filter(reason -> reason.code == code)
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("a reason of a newer release: update this one"));
        }

        @Override
        public String toString() {
            return text;
        }
    }

    static Ban begun(Senders senders, Instant now, Instant end, Reason reason, String text) {
        return new Ban(senders, now.toEpochMilli(), end.toEpochMilli(), end.toEpochMilli(), reason, text);
    }

    static Ban lifted(Senders senders, Instant now) {
        return new Ban(senders, now.toEpochMilli(), 0, 0, Reason.LIFTED, "");
    }

    /** This word, said after another on the same senders. */
    Ban after(Optional<Ban> known) {
        return known.map(before -> new Ban(
                        senders, Math.max(since, before.since + 1), until, Math.max(kept, before.kept), reason, text))
                .orElse(this);
    }

    /** What holds of two words on the same senders. */
    static Ban later(Ban one, Ban other) {
        Ban word = LATER.compare(one, other) >= 0 ? one : other;
        return new Ban(word.senders, word.since, word.until, Math.max(one.kept, other.kept), word.reason, word.text);
    }

    /** Whether it is the word that another is, however long it is remembered. */
    boolean says(Ban other) {
        return LATER.compare(this, other) == 0;
    }

    boolean isLifted() {
        return reason == Reason.LIFTED;
    }

    boolean holdsAt(long nowMillis) {
        return until > nowMillis;
    }

    /** Whether no flood of other bans may push it out. */
    boolean isOfOperator() {
        return reason == Reason.OPERATOR || reason == Reason.LIFTED;
    }

    /**
     * The senders.
     *
     * @return such as {@code 192.0.2.7}, {@code 192.0.2.0/24} or {@code 2001:db8:0:1:0:0:0:0/64}
     */
    public String address() {
        return senders.toString();
    }

    /**
     * When they are heard again.
     *
     * @return to the millisecond
     */
    public Instant end() {
        return Instant.ofEpochMilli(until);
    }

    /**
     * Why, for people.
     *
     * @return the reason, and what the operator wrote
     */
    public String why() {
        return text.isEmpty() ? reason.toString() : reason + ": " + text;
    }
}
