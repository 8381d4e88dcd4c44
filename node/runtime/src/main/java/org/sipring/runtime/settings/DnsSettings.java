package org.sipring.runtime.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How the node uses DNS.
 *
 * @param primary takes our updates; empty: this node does not write DNS
 * @param tsigFile the key for updates; where the platform keeps a store, one node's file is enough for all
 * @param resolver the name server to ask; empty: the system's own
 * @param ttl how long resolvers may remember our records
 * @param preferSips whether phones that leave the transport to DNS are sent to TLS first
 */
public record DnsSettings(
        Optional<HostPort> primary,
        Optional<Path> tsigFile,
        Optional<HostPort> resolver,
        Duration ttl,
        boolean preferSips) {
    private static final int PORT = 53;

    static DnsSettings read(Section section) {
        return new DnsSettings(
                section.server("primary", PORT),
                section.file("tsig-file"),
                section.server("resolver", PORT),
                section.duration("ttl", Duration.ofSeconds(1), Duration.ofHours(1)),
                section.flag("prefer-sips"));
    }

    /** Each node that writes DNS needs the key's file, where there is no store from which it gets the key. */
    void checkKey(Section section, boolean durable) {
        if (primary.isPresent() && tsigFile.isEmpty() && !durable) {
            section.wrong("primary", "updates are signed: name the key's file in dns.tsig-file");
        }
    }
}
