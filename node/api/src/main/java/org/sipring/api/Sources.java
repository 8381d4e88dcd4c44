package org.sipring.api;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/**
 * Names those who share the means of one sender by a number: an IPv4 address, or the IPv6 network of 64 bits, which is what
 * a customer has at least. Pure.
 */
public final class Sources {
    private static final int NETWORK_BYTES = 8;
    private static final int IPV6_BYTES = 16;
    private static final long IPV4_MASK = 0xffff_ffffL;

    private Sources() {}

    /**
     * The number of a sender.
     *
     * @param address where a packet came from
     * @return the IPv4 address, or the first half of the IPv6 one: no network of the Internet begins with 32 zero bits, so
     *     the two never meet
     */
    public static long of(InetAddress address) {
        byte[] bytes = address.getAddress();
        return address instanceof Inet4Address ? number(bytes, Integer.BYTES) : number(bytes, NETWORK_BYTES);
    }

    private static long number(byte[] bytes, int count) {
        long number = 0;
        for (int i = 0; i < count; i++) {
            number = number << Byte.SIZE | (bytes[i] & 0xff);
        }
        return number;
    }

    /**
     * An address of a sender.
     *
     * @param source its number
     * @return the IPv4 address, or the first of the IPv6 network
     */
    public static InetAddress first(long source) {
        byte[] bytes = source == (source & IPV4_MASK)
                ? ByteBuffer.allocate(Integer.BYTES).putInt((int) source).array()
                : ByteBuffer.allocate(IPV6_BYTES).putLong(source).array();
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * How people write a sender.
     *
     * @param source its number
     * @return such as {@code 192.0.2.7} or {@code 2001:db8:0:1:0:0:0:0/64}
     */
    public static String text(long source) {
        String address = first(source).getHostAddress();
        return source == (source & IPV4_MASK) ? address : address + "/64";
    }
}
