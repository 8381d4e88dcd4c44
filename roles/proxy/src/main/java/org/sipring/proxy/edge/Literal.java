package org.sipring.proxy.edge;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.sipring.sip.SipUri;

/** Addresses that are written as numbers, so that no name need be looked up: a loop never blocks. */
public final class Literal {
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final int SIP_PORT = 5060;

    private Literal() {}

    /**
     * Where a URI with a numeric host leads.
     *
     * @param uri the URI
     * @return the address, or empty when the host is a name
     */
    public static Optional<InetSocketAddress> of(SipUri uri) {
        String host = uri.host();
        if (!host.startsWith("[") && !IPV4.matcher(host).matches()) {
            return Optional.empty();
        }
        try {
            // With brackets or four numbers this never asks DNS.
            return Optional.of(
                    new InetSocketAddress(InetAddress.getByName(host), uri.port() < 0 ? SIP_PORT : uri.port()));
        } catch (UnknownHostException malformed) {
            return Optional.empty();
        }
    }
}
