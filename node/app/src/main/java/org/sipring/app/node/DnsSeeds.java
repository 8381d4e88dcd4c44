package org.sipring.app.node;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.sipring.dns.wire.SrvLookup;
import org.sipring.overlay.forming.Seeds;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Members to join, as DNS names them, and those of the configuration. */
final class DnsSeeds implements Seeds {
    private static final Logger LOG = LoggerFactory.getLogger(DnsSeeds.class);

    private final SrvLookup lookup;
    private final String service;
    private final List<InetSocketAddress> configured;

    // Whether the operator has been told that DNS does not answer. Calls come one at a time.
    private volatile boolean silent;

    DnsSeeds(SrvLookup lookup, String domain, List<InetSocketAddress> configured) {
        this.lookup = lookup;
        this.service = "_sipring._tcp." + domain + ".";
        this.configured = List.copyOf(configured);
    }

    @Override
    public Optional<List<InetSocketAddress>> lookup() {
        try {
            List<InetSocketAddress> published = lookup.find(service);
            silent = false;
            return Optional.of(published);
        } catch (IOException e) {
            if (!silent) {
                LOG.warn("DNS does not say where members of the platform are, asking again: {}", e.getMessage());
            }
            silent = true;
            return Optional.empty();
        }
    }

    @Override
    public List<InetSocketAddress> configured() {
        return configured;
    }
}
