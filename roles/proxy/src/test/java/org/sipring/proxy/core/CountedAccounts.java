package org.sipring.proxy.core;

import java.util.HashMap;
import java.util.Map;
import org.sipring.sip.transport.Door;
import org.sipring.sip.transport.Flow;

/** A door through which each account may come a number of times. */
final class CountedAccounts implements Door {
    int most = Integer.MAX_VALUE;
    int names = Integer.MAX_VALUE;
    int waiting;
    private final Map<String, Integer> counts = new HashMap<>();

    @Override
    public boolean bears(String account) {
        return counts.getOrDefault(account, 0) < most;
    }

    @Override
    public boolean counts(String account) {
        return counts.merge(account, 1, Integer::sum) <= most;
    }

    @Override
    public boolean mayAskNames(Flow from) {
        return waiting < names;
    }

    @Override
    public Runnable asksNames(Flow from) {
        waiting++;
        return () -> waiting--;
    }
}
