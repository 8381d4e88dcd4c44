package org.sipring.app.acceptance;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.sipring.api.Chance;
import org.sipring.app.phone.Router;

/**
 * RFC 3263 for UDP with the answers of Debian's {@code dig}. What was asked once is kept, as resolvers keep it for the
 * records' 30 s: a phone that has resolved a name goes on with what it knows, be the first target alive or dead. Any
 * thread.
 */
final class DigRouter implements Router {
    private static final int SIP = 5060;

    private final Map<String, List<InetSocketAddress>> known = new ConcurrentHashMap<>();
    private final Chance chance;

    /**
     * A router that knows nothing yet.
     *
     * @param chance orders targets of one priority by their weights
     */
    DigRouter(Chance chance) {
        this.chance = chance;
    }

    @Override
    public List<InetSocketAddress> route(String host, int port) {
        return known.computeIfAbsent(host + " " + port, key -> resolve(host, port));
    }

    private List<InetSocketAddress> resolve(String host, int port) {
        if (host.contains(":") || host.matches("[0-9.]+")) {
            return List.of(address(host, port < 0 ? SIP : port));
        }
        if (port >= 0) {
            return addresses(host, port);
        }
        List<Dns.Srv> services = Dns.srv(Dns.naptr(host, "SIP+D2U"));
        return services.isEmpty()
                ? addresses(host, SIP)
                : inOrder(services, chance).stream()
                        .flatMap(srv -> addresses(srv.target(), srv.port()).stream())
                        .toList();
    }

    /** The order of RFC 2782: by priority; among equals a draw without return, in which weights are the lots. */
    static List<Dns.Srv> inOrder(List<Dns.Srv> services, Chance chance) {
        List<Dns.Srv> rest = new ArrayList<>(services);
        rest.sort(Comparator.comparingInt(Dns.Srv::priority).thenComparingInt(Dns.Srv::weight));
        List<Dns.Srv> order = new ArrayList<>();
        while (!rest.isEmpty()) {
            int priority = rest.get(0).priority();
            order.add(rest.remove(
                    draw(rest.stream().filter(srv -> srv.priority() == priority).toList(), chance)));
        }
        return order;
    }

    private static int draw(List<Dns.Srv> equals, Chance chance) {
        int lot = chance.below(1 + equals.stream().mapToInt(Dns.Srv::weight).sum());
        int sum = 0;
        for (int i = 0; i < equals.size(); i++) {
            sum += equals.get(i).weight();
            if (sum >= lot) {
                return i;
            }
        }
        throw new IllegalStateException("a lot beyond the sum of all weights");
    }

    private static List<InetSocketAddress> addresses(String name, int port) {
        return Stream.of("A", "AAAA")
                .flatMap(type -> Dns.query(name, type).stream())
                .map(text -> address(text, port))
                .toList();
    }

    private static InetSocketAddress address(String text, int port) {
        try {
            return new InetSocketAddress(InetAddress.getByName(text), port);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
