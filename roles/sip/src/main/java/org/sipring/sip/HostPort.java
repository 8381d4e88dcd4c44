package org.sipring.sip;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A host with an optional port, as URIs and Via write it. RFC 3261 section 25.1, {@code hostport}.
 *
 * @param host a name, an IPv4 address, or an IPv6 address in brackets
 * @param port the port, or -1 for none
 */
public record HostPort(String host, int port) {
    static final int NO_PORT = -1;
    // RFC 1035 section 2.3.4; IPv6 addresses are shorter. What takes a host apart need not fear its length.
    private static final int MOST_CHARACTERS = 255;
    // RFC 3261 section 19.1.2, for all transports but TLS.
    private static final int DEFAULT_PORT = 5060;

    /**
     * Writes an address.
     *
     * @param address the address
     * @return its host as {@link #host(InetAddress)} writes it, and its port
     */
    public static HostPort of(InetSocketAddress address) {
        return new HostPort(host(address.getAddress()), address.getPort());
    }

    /**
     * Writes an address without port.
     *
     * @param address the address
     * @return four numbers, or an IPv6 address in brackets
     */
    public static String host(InetAddress address) {
        String text = plain(address);
        return address instanceof Inet6Address ? '[' + text + ']' : text;
    }

    /**
     * Writes an address as {@code received} has it, without brackets. RFC 3261 section 25.1, {@code via-received}.
     *
     * @param address the address
     * @return its numbers, without the zone: that is this host's own name for one of its links (RFC 4007 section 11)
     */
    public static String plain(InetAddress address) {
        String text = address.getHostAddress();
        int zone = text.indexOf('%');
        return zone < 0 ? text : text.substring(0, zone);
    }

    /**
     * Tells whether a host is one of some domains, or below one.
     *
     * @param host a name
     * @param domains hears the host, and then each domain that it is below
     * @return true when one is among them
     */
    public static boolean within(String host, Predicate<String> domains) {
        int start = 0;
        while (!domains.test(host.substring(start))) {
            start = host.indexOf('.', start) + 1;
            if (start == 0) {
                return false;
            }
        }
        return true;
    }

    /** The port to send to where {@code port} is written, or is not. */
    static int orDefault(int port) {
        return port == NO_PORT ? DEFAULT_PORT : port;
    }

    /** Reads the whole text, or gives null where it is not a host with an optional port. */
    static @Nullable HostPort parse(String text) {
        return parse(text, 0, text.length());
    }

    /** Reads a part of a text, all of it. */
    static @Nullable HostPort parse(String text, int from, int to) {
        boolean bracketed = from < to && text.charAt(from) == '[';
        int end = bracketed ? Ascii.findOrEnd(']', text, from, to) : from;
        int colon = Ascii.findOrEnd(':', text, end, to);
        String host = Ipv6.mended(Ascii.trimmed(text, from, colon));
        if (host.length() > MOST_CHARACTERS || !host(host)) {
            return null;
        }
        if (colon == to) {
            return new HostPort(host, NO_PORT);
        }
        int number = Ascii.skipWhite(text, colon + 1, to);
        int port = (int) Ascii.number(text, number, Ascii.whiteBegins(text, number, to), 65_535);
        return port > 0 ? new HostPort(host, port) : null;
    }

    private static boolean host(String text) {
        return text.startsWith("[") ? reference(text) : !text.isEmpty() && named(text);
    }

    private static boolean reference(String text) {
        return text.endsWith("]") && Ipv6.sound(text.substring(1, text.length() - 1));
    }

    private static boolean named(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            // Underscores are no part of a host name, and are common in private networks all the same.
            if (!Ascii.letterOrDigit(c) && c != '-' && c != '.' && c != '_') {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return port == NO_PORT ? host : host + ':' + port;
    }
}
