package org.sipring.runtime.settings;

import java.time.Duration;
import java.util.List;

/**
 * What a node bears of one sender and of one account.
 *
 * @param rate requests a second of one sender that a thread works on
 * @param burst how many at once
 * @param accountRate requests a second of one account that a thread works on
 * @param accountBurst how many at once
 * @param ban who is not heard for a while
 * @param allow addresses and networks that may send as much as they like
 */
public record DefenceSettings(int rate, int burst, int accountRate, int accountBurst, Ban ban, List<String> allow) {
    private static final int MOST = 100_000;

    /** Copies the list. */
    public DefenceSettings {
        allow = List.copyOf(allow);
    }

    /**
     * Who is not heard for a while.
     *
     * @param after the wrong proofs of one sender that are one too many
     * @param within in which time
     * @param time how long; zero: nobody is banned
     */
    public record Ban(int after, Duration within, Duration time) {
        static Ban read(Section section) {
            return new Ban(
                    section.number("defence.ban-after", 1, 10_000),
                    section.duration("defence.ban-within", Duration.ofSeconds(1), Duration.ofDays(1)),
                    section.duration("defence.ban-time", Duration.ZERO, Duration.ofDays(30)));
        }
    }

    static DefenceSettings read(Section section) {
        return new DefenceSettings(
                section.number("defence.rate", 1, MOST),
                section.number("defence.burst", 1, MOST),
                section.number("defence.account-rate", 1, MOST),
                section.number("defence.account-burst", 1, MOST),
                Ban.read(section),
                section.texts("defence.allow", ForeignSettings::isNetwork, "write addresses and networks"));
    }
}
