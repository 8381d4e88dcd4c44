package org.sipring.sip.locate;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * What DNS says.
 *
 * @param records the records asked for; none when the name or the type does not exist
 * @param ttl how long it may be remembered, also that there is nothing (RFC 2308)
 */
public record Answer(List<Entry> records, Duration ttl) {
    /** Copies the records. */
    public Answer {
        records = List.copyOf(records);
    }

    /** A record. */
    public sealed interface Entry {}

    /**
     * Names a service of a domain. RFC 3403 section 4.1.
     *
     * @param order lower ones go first, strictly
     * @param preference lower ones of one order go first
     * @param flags {@code s} where the replacement has SRV records
     * @param service such as {@code SIP+D2U}
     * @param replacement where to look next
     */
    public record Naptr(int order, int preference, String flags, String service, String replacement) implements Entry {}

    /**
     * Names a server of a service. RFC 2782.
     *
     * @param priority lower ones go first, strictly
     * @param weight the share among those of one priority
     * @param port where it listens
     * @param target its host; empty where the service is decidedly not available
     */
    public record Srv(int priority, int weight, int port, String target) implements Entry {}

    /**
     * Names an address.
     *
     * @param address the address
     */
    public record Address(InetAddress address) implements Entry {}

    <T extends Entry> Stream<T> all(Class<T> type) {
        return records.stream().filter(type::isInstance).map(type::cast);
    }
}
