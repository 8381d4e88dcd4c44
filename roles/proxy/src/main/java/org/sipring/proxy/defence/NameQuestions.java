package org.sipring.proxy.defence;

import java.util.HashMap;
import java.util.Map;

/**
 * How many names each sender makes a loop look up in DNS: so many a second, and so many that wait at a time, since a zone may
 * answer slowly or never and all senders share the places of those who wait. Lives in the loop.
 */
final class NameQuestions {
    private static final Rate RATE = Rate.perSecond(5, 50);
    private static final int SENDERS = 1 << 12;
    private static final int WAITING = 16;

    private final Rates rates;
    // As large as the number of requests that wait for DNS.
    private final Map<Long, Integer> waiting = new HashMap<>();

    NameQuestions(long secret, long now) {
        rates = new Rates(RATE, SENDERS, secret, now);
    }

    boolean has(long sender, long now) {
        return waiting.getOrDefault(sender, 0) < WAITING && rates.has(sender, now);
    }

    /** Counts one; gives what to run once when it has been answered. */
    Runnable take(long sender, long now) {
        var unused = rates.take(sender, now);
        waiting.merge(sender, 1, Integer::sum);
        return () -> waiting.computeIfPresent(sender, (key, count) -> count == 1 ? null : count - 1);
    }
}
