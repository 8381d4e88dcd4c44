package org.sipring.provisioning;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import org.sipring.accounts.domain.PinnedDomains;
import org.sipring.http.HttpServer;
import org.sipring.provisioning.form.DnsAdvice;

/**
 * How a node provisions.
 *
 * @param address where it listens
 * @param domains those that have their users here, whatever the store says
 * @param zones what the zone of each further domain must say
 * @param limits what strangers may take
 * @param tls makes the engine of each new connection, which asks clients for certificates and knows the platform's; empty: one
 *     that shows the node's own certificate
 */
public record ProvisioningSettings(
        InetSocketAddress address,
        PinnedDomains domains,
        Function<String, DnsAdvice> zones,
        HttpServer.Limits limits,
        Optional<Supplier<SSLEngine>> tls) {
    /** Many more than operators need; an import has five minutes. */
    public static final HttpServer.Limits LIMITS =
            new HttpServer.Limits(256, 32, Duration.ofSeconds(60), Duration.ofMinutes(5));
}
