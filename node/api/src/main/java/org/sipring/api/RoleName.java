package org.sipring.api;

import java.util.List;
import java.util.Optional;

/**
 * The name of something that a node can do, as certificates, DNS and the command line write it.
 *
 * @param value the name, such as {@code media-relay}
 */
public record RoleName(String value) implements Comparable<RoleName> {
    /** SIP proxy and registrar. */
    public static final RoleName PROXY = new RoleName("proxy");

    /** Administrates accounts over HTTPS. */
    public static final RoleName PROVISIONING = new RoleName("provisioning");

    /** Keeps the platform's DNS records right. */
    public static final RoleName MANAGER = new RoleName("manager");

    /** Keeps a replica of the durable store, where the platform wants one there. */
    public static final RoleName STORE = new RoleName("store");

    /** May renew certificates. */
    public static final RoleName CA = new RoleName("ca");

    /** Not a service: the holder may drain, remove and administrate. */
    public static final RoleName OPERATOR = new RoleName("operator");

    /** Every role that a certificate may name. */
    public static final List<RoleName> KNOWN = List.of(PROXY, PROVISIONING, MANAGER, STORE, CA, OPERATOR);

    /**
     * Looks a name up among the known roles.
     *
     * @param value a name as an operator wrote it
     * @return the role, or empty when there is no such role
     */
    public static Optional<RoleName> known(String value) {
        return KNOWN.stream().filter(role -> role.value.equals(value)).findFirst();
    }

    /**
     * Tells whether the certificate wildcard {@code *} covers this role. Roles that hold power over the platform must
     * be named one by one.
     *
     * @return true for every ordinary service
     */
    public boolean coveredByWildcard() {
        return !equals(CA) && !equals(MANAGER) && !equals(OPERATOR);
    }

    @Override
    public int compareTo(RoleName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
