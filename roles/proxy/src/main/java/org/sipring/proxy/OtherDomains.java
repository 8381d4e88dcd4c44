package org.sipring.proxy;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.sipring.api.Chance;
import org.sipring.api.Ticker;
import org.sipring.proxy.core.Foreign;
import org.sipring.proxy.foreign.ForeignPolicy;
import org.sipring.sip.dns.wire.DnsjavaResolver;
import org.sipring.sip.locate.CachingResolver;
import org.sipring.sip.locate.DeadHops;
import org.sipring.sip.locate.Locator;
import org.sipring.sip.locate.Protocol;
import org.sipring.sip.locate.Reach;
import org.sipring.sip.tls.DomainTrust;

/**
 * How other domains are dealt with.
 *
 * @param policy who may speak with whom
 * @param resolvers whom to ask where they are; none, and nobody is found
 * @param cas who signs the certificates of their servers; empty: the system's CAs
 */
public record OtherDomains(ForeignPolicy policy, List<InetSocketAddress> resolvers, Optional<Path> cas) {
    /** No other domains. */
    public static final OtherDomains CLOSED = new OtherDomains(ForeignPolicy.CLOSED, List.of(), Optional.empty());

    // Who waits longer has hung up; two resolvers fit into it.
    private static final Duration QUESTION = Duration.ofSeconds(2);
    private static final int QUESTIONS = 512;
    private static final int MOST_DEAD = 1_000;
    private static final Duration DEAD = Duration.ofSeconds(30);
    private static final List<Protocol> SPOKEN = List.of(Protocol.UDP, Protocol.TCP, Protocol.TLS);

    /** Copies the resolvers. */
    public OtherDomains {
        resolvers = List.copyOf(resolvers);
    }

    /** Whom to believe what a domain is called; empty where there are no others, and no CA need be read. */
    Optional<DomainTrust> trust() throws IOException {
        return policy.closed() ? Optional.empty() : Optional.of(DomainTrust.open(cas));
    }

    Foreign open(InetAddress here, Ticker clock, Chance chance) {
        CachingResolver resolver = new CachingResolver(
                new DnsjavaResolver(resolvers, QUESTION, QUESTIONS, chance),
                CachingResolver.Limits.DEFAULT,
                clock::nanos);
        Reach reach = new Reach(SPOKEN, here instanceof Inet6Address);
        return new Foreign(policy, new Locator(resolver, reach, chance), new DeadHops(MOST_DEAD, DEAD, clock::nanos));
    }
}
