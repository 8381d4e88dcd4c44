package org.sipring.app.acceptance;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Comparator;
import java.util.List;
import org.sipring.app.phone.Router;

/** RFC 3263 for UDP with the answers of Debian's {@code dig}, asked anew each time. */
final class DigRouter implements Router {
    @Override
    public List<InetSocketAddress> route(String host, int port) {
        if (host.matches("[0-9.]+")) {
            return List.of(address(host, port < 0 ? 5060 : port));
        }
        if (port >= 0) {
            return addresses(host, port);
        }
        return Dns.srv("_sip._udp." + host).stream()
                .sorted(Comparator.comparingInt(Dns.Srv::priority))
                .flatMap(srv -> addresses(srv.target(), srv.port()).stream())
                .toList();
    }

    private static List<InetSocketAddress> addresses(String name, int port) {
        return Dns.query(name, "A").stream().map(text -> address(text, port)).toList();
    }

    private static InetSocketAddress address(String text, int port) {
        try {
            return new InetSocketAddress(InetAddress.getByName(text), port);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
