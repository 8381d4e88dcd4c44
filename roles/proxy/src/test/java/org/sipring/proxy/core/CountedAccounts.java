package org.sipring.proxy.core;

import java.util.HashMap;
import java.util.Map;
import org.sipring.sip.transport.Door;

/** A door through which each account may come a number of times. */
final class CountedAccounts implements Door {
    int most = Integer.MAX_VALUE;
    private final Map<String, Integer> counts = new HashMap<>();

    @Override
    public boolean bears(String account) {
        return counts.getOrDefault(account, 0) < most;
    }

    @Override
    public boolean counts(String account) {
        return counts.merge(account, 1, Integer::sum) <= most;
    }
}
