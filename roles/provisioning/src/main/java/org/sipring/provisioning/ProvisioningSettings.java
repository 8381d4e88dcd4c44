package org.sipring.provisioning;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import org.sipring.http.HttpServer;
import org.sipring.provisioning.form.HostedDomain;

/**
 * How a node provisions.
 *
 * @param address where it listens
 * @param domains those that have their users here, the platform's own first
 * @param limits what strangers may take
 * @param tls makes the engine of each new connection, which asks clients for certificates and knows the platform's; empty: one
 *     that shows the node's own certificate
 */
public record ProvisioningSettings(
        InetSocketAddress address,
        List<HostedDomain> domains,
        HttpServer.Limits limits,
        Optional<Supplier<SSLEngine>> tls) {
    /** Many more than operators need; an import has five minutes. */
    public static final HttpServer.Limits LIMITS =
            new HttpServer.Limits(256, 32, Duration.ofSeconds(60), Duration.ofMinutes(5));

    /** Copies. */
    public ProvisioningSettings {
        if (domains.isEmpty()) {
            throw new IllegalArgumentException("no domain: name the platform's own at least");
        }
        domains = List.copyOf(domains);
    }
}
