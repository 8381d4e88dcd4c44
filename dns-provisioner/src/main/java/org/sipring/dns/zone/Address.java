package org.sipring.dns.zone;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An IP address as record data.
 *
 * @param type {@code A} or {@code AAAA}
 * @param text one spelling for each address, so that texts can be compared
 */
public record Address(String type, String text) {
    private static final String OCTET = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final Pattern V4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
    private static final Pattern V6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    /**
     * Reads a literal; never looks a name up.
     *
     * @param literal dotted decimal, or IPv6 in whatever spelling
     * @return the address, or empty when it is none
     */
    public static Optional<Address> parse(String literal) {
        if (V4.matcher(literal).matches()) {
            return Optional.of(new Address("A", literal));
        }
        return V6.matcher(literal).matches() ? parse6(literal) : Optional.empty();
    }

    private static Optional<Address> parse6(String literal) {
        try {
            return Optional.of(new Address("AAAA", Canonical.of("AAAA", literal)));
        } catch (IllegalArgumentException notAnAddress) {
            return Optional.empty();
        }
    }
}
