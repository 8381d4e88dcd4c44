package org.sipring.runtime.settings;

import java.util.List;

/**
 * What a node bears of one sender and of one account.
 *
 * @param rate requests a second of one sender that a thread works on
 * @param burst how many at once
 * @param accountRate requests a second of one account that a thread works on
 * @param accountBurst how many at once
 * @param allow addresses and networks that may send as much as they like
 */
public record DefenceSettings(int rate, int burst, int accountRate, int accountBurst, List<String> allow) {
    private static final int MOST = 100_000;

    /** Copies the list. */
    public DefenceSettings {
        allow = List.copyOf(allow);
    }

    static DefenceSettings read(Section section) {
        return new DefenceSettings(
                section.number("defence.rate", 1, MOST),
                section.number("defence.burst", 1, MOST),
                section.number("defence.account-rate", 1, MOST),
                section.number("defence.account-burst", 1, MOST),
                section.texts("defence.allow", PeersSettings::isNetwork, "write addresses and networks"));
    }
}
