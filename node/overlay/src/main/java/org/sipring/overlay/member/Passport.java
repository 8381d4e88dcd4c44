package org.sipring.overlay.member;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sipring.api.Identity;
import org.sipring.api.NodeId;
import org.sipring.api.RoleName;

/**
 * What a node claims when it asks to join, carried as Hazelcast member attributes.
 *
 * @param platform the platform id it belongs to
 * @param domain the SIP domain it serves
 * @param node its name
 * @param roles the roles it takes
 */
public record Passport(String platform, String domain, NodeId node, Set<RoleName> roles) {
    static final String PLATFORM = "sipring.platform";
    static final String DOMAIN = "sipring.domain";
    static final String NODE = "sipring.node";
    static final String ROLES = "sipring.roles";

    /** Copies the roles. */
    public Passport {
        roles = Set.copyOf(roles);
    }

    /**
     * As Hazelcast carries it.
     *
     * @return attribute names and values
     */
    public Map<String, String> attributes() {
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put(PLATFORM, platform);
        attributes.put(DOMAIN, domain);
        attributes.put(NODE, node.value());
        attributes.put(
                ROLES,
                String.join(
                        ",", new TreeSet<>(roles).stream().map(RoleName::value).toList()));
        return attributes;
    }

    /**
     * The name in a member's attributes.
     *
     * @param attributes of a Hazelcast member
     * @return the name it claimed at its join
     */
    public static Optional<NodeId> node(Map<String, String> attributes) {
        return Optional.ofNullable(attributes.get(NODE)).map(NodeId::new);
    }

    /**
     * The roles in a member's attributes.
     *
     * @param attributes of a Hazelcast member
     * @return the roles it claimed at its join
     */
    public static Set<RoleName> roles(Map<String, String> attributes) {
        return Arrays.stream(attributes.getOrDefault(ROLES, "").split(",", -1))
                .filter(role -> !role.isEmpty())
                .map(RoleName::new)
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Judges a join request against the certificate that its connection was authenticated with.
     *
     * @param claimed the attributes in the request
     * @param proved what the certificate says, or null when no authenticated connection was found
     * @return why the node may not join, with what to do about it; empty when it may
     */
    Optional<String> refusal(Map<String, String> claimed, Identity.@Nullable Holder proved) {
        String name = claimed.getOrDefault(NODE, "?");
        if (proved == null) {
            return Optional.of("node " + name + " has no authenticated connection");
        }
        if (!proved.node().value().equals(name)) {
            return Optional.of("node " + name + " shows the certificate of " + proved.node());
        }
        if (!domain.equals(claimed.get(DOMAIN)) || !domain.equals(proved.domain())) {
            return Optional.of("node " + name + " is of domain " + claimed.get(DOMAIN) + ", this platform serves "
                    + domain + ": issue its certificate for this domain");
        }
        if (!platform.equals(claimed.get(PLATFORM))) {
            return Optional.of("node " + name + " is of platform " + claimed.get(PLATFORM) + ", this is platform "
                    + platform + ": give it an empty data directory to join this one");
        }
        return unpermitted(claimed.getOrDefault(ROLES, ""), proved)
                .map(role -> "role " + role + " is not in the certificate of node " + name
                        + ": issue one that permits it, or take the role out of its configuration");
    }

    private static Optional<String> unpermitted(String roles, Identity.Holder proved) {
        return Arrays.stream(roles.split(",", -1))
                .filter(role -> !role.isEmpty())
                .filter(role -> RoleName.known(role).filter(proved::may).isEmpty())
                .findFirst();
    }
}
