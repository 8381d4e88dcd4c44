package org.sipring.proxy.foreign;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Optional;
import org.sipring.sip.SipUri;

/**
 * Addresses that begin alike, such as {@code 192.0.2.0/24}.
 *
 * @param base one of them
 * @param bits how many leading bits they share
 */
public record Network(InetAddress base, int bits) {
    /**
     * Reads an address, or a network. No name is looked up.
     *
     * @param text such as {@code 192.0.2.7} or {@code 2001:db8::/32}
     * @return empty for anything else
     */
    public static Optional<Network> parse(String text) {
        int slash = text.indexOf('/');
        String number = slash < 0 ? text : text.substring(0, slash);
        return number(number).flatMap(base -> bits(slash < 0 ? "" : text.substring(slash + 1), 8 * length(base))
                .map(bits -> new Network(base, bits)));
    }

    private static Optional<InetAddress> number(String text) {
        String host = text.contains(":") && !text.startsWith("[") ? '[' + text + ']' : text;
        return SipUri.parse("sip:" + host)
                .filter(uri -> uri.port() < 0)
                .flatMap(SipUri::address)
                .map(InetSocketAddress::getAddress);
    }

    private static Optional<Integer> bits(String text, int most) {
        if (text.isEmpty()) {
            return Optional.of(most);
        }
        return text.matches("\\d{1,3}") && Integer.parseInt(text) <= most
                ? Optional.of(Integer.parseInt(text))
                : Optional.empty();
    }

    private static int length(InetAddress address) {
        return address.getAddress().length;
    }

    /**
     * Tells whether all of these addresses are in another network.
     *
     * @param other the other
     * @return true also when it is the same
     */
    public boolean isWithin(Network other) {
        return other.bits <= bits && other.contains(base);
    }

    /**
     * Tells whether it has an address.
     *
     * @param address of either kind
     * @return true when they begin alike
     */
    public boolean contains(InetAddress address) {
        byte[] here = base.getAddress();
        byte[] there = address.getAddress();
        int whole = bits / Byte.SIZE;
        int rest = Byte.SIZE - bits % Byte.SIZE;
        return here.length == there.length
                && Arrays.equals(here, 0, whole, there, 0, whole)
                && (rest == Byte.SIZE || (here[whole] ^ there[whole]) >> rest == 0);
    }
}
