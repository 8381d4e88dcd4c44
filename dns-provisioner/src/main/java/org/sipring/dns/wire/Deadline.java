package org.sipring.dns.wire;

import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.sipring.api.Ticker;

/**
 * When to give an exchange up.
 *
 * @param ticker measures, by monotonic time
 * @param end in its nanoseconds
 * @param limit for the message
 * @param server for the message
 */
record Deadline(Ticker ticker, long end, Duration limit, InetSocketAddress server) {
    static Deadline in(Duration limit, Ticker ticker, InetSocketAddress server) {
        return new Deadline(ticker, ticker.nanos() + limit.toNanos(), limit, server);
    }

    /**
     * How long there still is.
     *
     * @return at least 1
     * @throws SocketTimeoutException when there is nothing left
     */
    int millisLeft() throws SocketTimeoutException {
        long left = (end - ticker.nanos()) / 1_000_000;
        if (left <= 0) {
            throw new SocketTimeoutException(
                    "no answer from name server " + Deadline.text(server) + " within " + limit.toMillis() + " ms");
        }
        return (int) Math.min(left, Integer.MAX_VALUE);
    }

    static String text(InetSocketAddress address) {
        return address.getHostString() + ":" + address.getPort();
    }
}
