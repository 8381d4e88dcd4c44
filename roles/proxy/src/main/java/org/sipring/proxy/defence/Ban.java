package org.sipring.proxy.defence;

import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import org.sipring.sip.transport.Sources;

/**
 * Somebody who is not heard for a while.
 *
 * @param source the sender's number, see {@link Sources}
 * @param until when it is heard again, in milliseconds since 1970
 * @param reason why
 */
public record Ban(long source, long until, Reason reason) {
    /** The one that lasts longer is greater. */
    static final Comparator<Ban> LASTING =
            Comparator.comparingLong(Ban::until).thenComparing(Ban::reason).thenComparingLong(Ban::source);

    /** Why somebody is not heard. */
    public enum Reason {
        /** It proved wrongly who it is, again and again. */
        AUTHENTICATION('a', "failed authentication"),
        /** It sent far too much over connections. */
        FLOOD('f', "flooding");

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

    static Ban longer(Ban one, Ban other) {
        return LASTING.compare(one, other) >= 0 ? one : other;
    }

    /**
     * The sender.
     *
     * @return such as {@code 192.0.2.7} or {@code 2001:db8:0:1:0:0:0:0/64}
     */
    public String address() {
        return Sources.text(source);
    }

    /**
     * When it is heard again.
     *
     * @return to the millisecond
     */
    public Instant end() {
        return Instant.ofEpochMilli(until);
    }
}
