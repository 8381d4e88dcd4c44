package org.sipring.certs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sipring.api.NodeId;
import org.sipring.api.RoleName;

/**
 * What a node certificate shall say, as an operator wrote it.
 *
 * @param node the node's name
 * @param roles role names, or {@code *} for all ordinary ones
 * @param addresses IP addresses and host names; the first is where the node listens
 * @param validity how long it shall hold
 */
public record IssueRequest(String node, List<String> roles, List<String> addresses, Duration validity) {
    /** Short, because renewal is cheap and a stolen key should not live long. */
    public static final Duration NODE_VALIDITY = Duration.ofDays(30);

    private static final Pattern IPV4 = Pattern.compile("((25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(\\.(?!$)|$)){4}");
    private static final Pattern IPV6 = Pattern.compile("(?=.*:.*:)[0-9a-fA-F:.]{2,45}");
    // 0.0.0.0 and :: in all their spellings: a socket may listen there, but nobody finds a node by it.
    private static final Pattern EVERYWHERE = Pattern.compile("[0.:]+");
    private static final Pattern LIKE_IPV4 = Pattern.compile("[\\d.]+");

    private static final String EDGE = ".edge.";

    // Names below the domain that are no node's: the edge names' parent and the embedded name server.
    private static final Set<String> RESERVED = Set.of("edge", "ns");

    /** Copies the lists. */
    public IssueRequest {
        roles = List.copyOf(roles);
        addresses = List.copyOf(addresses);
    }

    /** Everything that is wrong with the request. */
    List<String> mistakes() {
        List<String> mistakes = new ArrayList<>();
        checkNode(mistakes);
        roles.stream().filter(role -> !known(role)).forEach(role -> mistakes.add(unknown(role)));
        if (roles.isEmpty()) {
            mistakes.add("no role: name one or more of " + knownRoles());
        }
        addresses.stream()
                .filter(address -> EVERYWHERE.matcher(address).matches() || !(isIp(address) || isHost(address)))
                .forEach(address -> mistakes.add(unusable(address)));
        if (addresses.isEmpty()) {
            mistakes.add("no address: give the one that the node listens on");
        }
        return mistakes;
    }

    /**
     * The host names by which clients call a node over TLS: phones that do not know SIP domains in certificates (RFC 5922
     * section 7.1), and programs that provision. They say nothing to nodes.
     *
     * @param domain the SIP domain
     * @return none for a node that is neither proxy nor provisions
     */
    List<String> namesForClients(String domain) {
        return Stream.concat(namesForPhones(domain).stream(), namesForProvisioning(domain).stream())
                .distinct()
                .toList();
    }

    // Phones that ask for the edge name of a node that is gone come to another (RFC 3263), so each has all edge names.
    private List<String> namesForPhones(String domain) {
        return may(RoleName.PROXY)
                ? List.of(
                        domain,
                        RoleName.PROXY + "." + domain,
                        node + "." + domain,
                        node + EDGE + domain,
                        "*" + EDGE + domain)
                : List.of();
    }

    private List<String> namesForProvisioning(String domain) {
        return may(RoleName.PROVISIONING)
                ? List.of(RoleName.PROVISIONING + "." + domain, node + "." + domain)
                : List.of();
    }

    private boolean may(RoleName role) {
        return roles.contains(role.value()) || (role.coveredByWildcard() && roles.contains(Sans.ALL_ROLES));
    }

    private void checkNode(List<String> mistakes) {
        try {
            new NodeId(node);
        } catch (IllegalArgumentException bad) {
            mistakes.add(String.valueOf(bad.getMessage()));
        }
        if (RESERVED.contains(node) || RoleName.known(node).isPresent()) {
            mistakes.add("node name '" + node + "' is needed in DNS for something else: choose another, such as n4");
        }
    }

    private static String unusable(String address) {
        int slash = address.indexOf('/');
        return slash < 0
                ? "address '" + address + "' is neither the IP address of a host nor a host name in lower case: write"
                        + " one, such as 192.0.2.11 or n4.example.org"
                : "address '" + address + "' is a network: write the node's own address in it without the '"
                        + address.substring(slash) + "'";
    }

    private static boolean known(String role) {
        return role.equals(Sans.ALL_ROLES) || RoleName.known(role).isPresent();
    }

    private static String unknown(String role) {
        return "unknown role '" + role + "': known are " + knownRoles();
    }

    private static String knownRoles() {
        return RoleName.KNOWN.stream().map(RoleName::value).collect(Collectors.joining(", "))
                + ", and '*' for all but manager, ca and operator";
    }

    static boolean isIp(String address) {
        return IPV4.matcher(address).matches() || IPV6.matcher(address).matches();
    }

    private static boolean isHost(String address) {
        return !LIKE_IPV4.matcher(address).matches() && Sans.isHostName(address);
    }
}
