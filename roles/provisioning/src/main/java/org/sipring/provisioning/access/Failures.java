package org.sipring.provisioning.access;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * How often each address has failed to prove who it is. Whoever has failed too often waits until the failures are a minute
 * old; an IPv6 network of 64 bits counts as one. Of so many addresses at most, those that failed last. Lives in one thread.
 */
final class Failures {
    static final int MOST = 10;

    private static final Duration REMEMBERED = Duration.ofMinutes(1);
    private static final int ADDRESSES = 10_000;
    private static final int NETWORK_BYTES = 8;

    private final LongSupplier nanos;
    private final Map<ByteBuffer, Failing> failing = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteBuffer, Failing> eldest) {
            return size() > ADDRESSES;
        }
    };

    /**
     * Failures of one address.
     *
     * @param count how many, since the first that counts
     * @param until when they are forgotten
     */
    private record Failing(int count, long until) {}

    Failures(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** How long an address has to wait; empty while it may try. */
    Optional<Duration> wait(InetAddress address) {
        Failing found = failing.get(key(address));
        long rest = found == null ? 0 : found.until - nanos.getAsLong();
        return found != null && rest > 0 && found.count >= MOST
                ? Optional.of(Duration.ofNanos(rest))
                : Optional.empty();
    }

    void failed(InetAddress address) {
        long now = nanos.getAsLong();
        failing.merge(
                key(address),
                new Failing(1, now + REMEMBERED.toNanos()),
                (before, first) -> before.until - now > 0 ? new Failing(before.count + 1, before.until) : first);
    }

    private static ByteBuffer key(InetAddress address) {
        byte[] bytes = address.getAddress();
        return ByteBuffer.wrap(address instanceof Inet6Address ? Arrays.copyOf(bytes, NETWORK_BYTES) : bytes);
    }
}
