package org.sipring.proxy;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
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

/**
 * How other domains are dealt with.
 *
 * @param policy who may speak with whom
 * @param resolvers whom to ask where they are; none, and nobody is found
 */
public record ForeignSettings(ForeignPolicy policy, List<InetSocketAddress> resolvers) {
    /** No other domains. */
    public static final ForeignSettings CLOSED = new ForeignSettings(ForeignPolicy.CLOSED, List.of());

    // Who waits longer has hung up; two resolvers fit into it.
    private static final Duration QUESTION = Duration.ofSeconds(2);
    private static final int QUESTIONS = 512;
    private static final int MOST_DEAD = 1_000;
    private static final Duration DEAD = Duration.ofSeconds(30);
    private static final List<Protocol> SPOKEN = List.of(Protocol.UDP, Protocol.TCP);

    /** Copies the resolvers. */
    public ForeignSettings {
        resolvers = List.copyOf(resolvers);
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
