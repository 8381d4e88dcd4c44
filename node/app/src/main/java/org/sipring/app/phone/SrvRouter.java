package org.sipring.app.phone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.sipring.dns.wire.SrvLookup;

/** RFC 3263 section 4.2 for UDP: an address is itself, any other host is asked for as {@code _sip._udp}. */
public final class SrvRouter implements Router {
    private static final int SIP = 5060;

    private final SrvLookup lookup;

    /**
     * Uses a resolver.
     *
     * @param lookup asks DNS, in the calling thread
     */
    public SrvRouter(SrvLookup lookup) {
        this.lookup = lookup;
    }

    @Override
    public List<InetSocketAddress> route(String host, int port) {
        try {
            if (isAddress(host)) {
                return List.of(new InetSocketAddress(InetAddress.getByName(host), port < 0 ? SIP : port));
            }
            return lookup.find("_sip._udp." + host + ".");
        } catch (UnknownHostException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException("DNS: " + e.getMessage(), e);
        }
    }

    // Never hands a name to the system's resolver.
    private static boolean isAddress(String host) {
        return host.contains(":") || host.chars().allMatch(c -> c == '.' || Character.isDigit(c));
    }
}
