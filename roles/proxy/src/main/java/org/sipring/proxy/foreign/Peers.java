package org.sipring.proxy.foreign;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiPredicate;

/**
 * Others, by their domains and their addresses. Immutable.
 *
 * @param domains such as {@code example.com}; {@code *.example.com} for all below it; {@code *} for all
 * @param networks their addresses
 */
public record Peers(List<String> domains, List<Network> networks) {
    /** Nobody. */
    public static final Peers NOBODY = new Peers(List.of(), List.of());

    private static final String ALL = "*";

    /** Copies both. */
    public Peers {
        domains = List.copyOf(domains);
        networks = List.copyOf(networks);
    }

    /**
     * Reads a list.
     *
     * @param written domains, and addresses or networks such as {@code 192.0.2.0/24}
     * @return those
     */
    public static Peers of(List<String> written) {
        List<String> domains = new ArrayList<>();
        List<Network> networks = new ArrayList<>();
        for (String one : written) {
            Optional<Network> network = Network.parse(one);
            network.ifPresentOrElse(networks::add, () -> domains.add(one.toLowerCase(Locale.ROOT)));
        }
        return new Peers(domains, networks);
    }

    /**
     * Tells whether a host is one of them. An address that a URI writes as numbers is none unless it is listed: {@code *}
     * means domains.
     *
     * @param host a name, or an address as numbers
     * @return true when it is listed
     */
    public boolean name(String host) {
        return listed(host, Peers::covers);
    }

    private boolean listed(String host, BiPredicate<String, String> covers) {
        Optional<Network> number = Network.parse(host);
        return number.isPresent()
                ? include(number.get().base())
                : domains.stream().anyMatch(domain -> covers.test(domain, host));
    }

    /** Whether a host is one of them or, being a name, below one. */
    boolean hold(String host) {
        return listed(host, (domain, name) -> covers(domain, name) || isBelow(domain, name));
    }

    private static boolean covers(String domain, String host) {
        return domain.equals(ALL)
                || domain.equals(host)
                || (domain.startsWith("*.") && host.endsWith(domain.substring(1)));
    }

    private static boolean isBelow(String domain, String host) {
        int dot = host.length() - domain.length() - 1;
        return dot >= 0 && host.charAt(dot) == '.' && host.endsWith(domain);
    }

    /**
     * Tells whether an address is one of theirs.
     *
     * @param address where a packet came from
     * @return true when it is listed
     */
    public boolean include(InetAddress address) {
        return networks.stream().anyMatch(network -> network.contains(address));
    }
}
