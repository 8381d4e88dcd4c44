package org.sipring.proxy.registrar;

import java.time.Duration;

/**
 * What the registrar allows.
 *
 * @param minimum the shortest expiry; shorter wishes are answered 423
 * @param usual the expiry of who names none
 * @param maximum the longest expiry; longer wishes are cut to it. Removals are remembered as long
 * @param natted the longest expiry of a phone behind a NAT without RFC 5626: it refreshes the NAT's memory by registering
 * @param contacts how many bindings an address-of-record may have
 * @param spread by how much less than that an expiry may be granted, in percent: phones that registered together, as after
 *     a failure, then do not come back together
 */
public record RegistrarSettings(
        Duration minimum, Duration usual, Duration maximum, Duration natted, int contacts, int spread) {
    /** A minute, an hour, two hours, two minutes, ten contacts, no spread. */
    public static final RegistrarSettings DEFAULT = new RegistrarSettings(
            Duration.ofMinutes(1), Duration.ofHours(1), Duration.ofHours(2), Duration.ofMinutes(2), 10, 0);

    /**
     * Checks the order.
     *
     * @throws IllegalArgumentException when they contradict each other; the message says which
     */
    public RegistrarSettings {
        if (minimum.compareTo(natted) > 0 || natted.compareTo(maximum) > 0 || usual.compareTo(maximum) > 0) {
            throw new IllegalArgumentException("registrar expiries: minimum " + minimum + " must be at most natted "
                    + natted + ", and natted and usual " + usual + " at most maximum " + maximum);
        }
        if (contacts < 1 || contacts > 100) {
            throw new IllegalArgumentException("registrar contacts " + contacts + ": use 1 to 100");
        }
        if (spread < 0 || spread > 50) {
            throw new IllegalArgumentException("registrar spread " + spread + ": use 0 to 50");
        }
    }
}
