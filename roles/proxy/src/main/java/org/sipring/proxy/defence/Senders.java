package org.sipring.proxy.defence;

import java.net.Inet4Address;
import java.util.Optional;
import org.sipring.api.Sources;
import org.sipring.proxy.foreign.Network;

/**
 * One sender, or a network of them: those whose numbers ({@link Sources}) begin alike.
 *
 * @param first the least number
 * @param bits how many leading bits they share, 1 to 64. An IPv4 address is the last half of its number, so that a network
 *     of n bits shares n and 32
 */
record Senders(long first, int bits) {
    private static final int IPV4_ZEROS = 32;
    private static final int WIDEST_IPV4 = 8;
    private static final int WIDEST_IPV6 = 16;

    /** Cuts the number. */
    Senders {
        first &= mask(bits);
    }

    /** One sender. */
    static Senders one(long source) {
        return new Senders(source, Long.SIZE);
    }

    /**
     * Those of a network; of an IPv6 network of more than 64 bits those of 64.
     *
     * @return empty where it is so wide that it must be a mistake, and for addresses that nobody sends from
     */
    static Optional<Senders> of(Network network) {
        boolean four = network.base() instanceof Inet4Address;
        boolean meant = network.bits() >= (four ? WIDEST_IPV4 : WIDEST_IPV6);
        int bits = four ? IPV4_ZEROS + network.bits() : Math.min(network.bits(), Long.SIZE);
        return Optional.of(new Senders(Sources.of(network.base()), meant ? bits : Long.SIZE))
                .filter(senders -> meant && senders.first != 0 && senders.isIpv4() == four);
    }

    /** What leading bits leave of a number. */
    static long mask(int bits) {
        return -1L << (Long.SIZE - bits);
    }

    boolean include(long source) {
        return (source & mask(bits)) == first;
    }

    boolean include(Senders others) {
        return bits <= others.bits && include(others.first);
    }

    private boolean isIpv4() {
        return bits > IPV4_ZEROS && first >>> IPV4_ZEROS == 0;
    }

    /** As people write it, such as {@code 192.0.2.7}, {@code 192.0.2.0/24} or {@code 2001:db8:0:1:0:0:0:0/64}. */
    @Override
    public String toString() {
        return bits == Long.SIZE
                ? Sources.text(first)
                : Sources.first(first).getHostAddress() + "/" + (isIpv4() ? bits - IPV4_ZEROS : bits);
    }
}
