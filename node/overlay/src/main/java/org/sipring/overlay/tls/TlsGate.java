package org.sipring.overlay.tls;

import com.hazelcast.internal.networking.Channel;
import com.hazelcast.internal.networking.ChannelInitializer;
import com.hazelcast.internal.server.ServerConnection;
import java.net.InetAddress;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;
import org.sipring.api.Identity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The door of one overlay member: every channel passes it, and it knows who is at the other end of each. Callable from
 * any thread.
 */
public final class TlsGate {
    private static final Logger LOG = LoggerFactory.getLogger(TlsGate.class);

    private static final Duration COUNTED = Duration.ofSeconds(10);
    private static final int LOGGED = 10;

    private final Identity identity;
    private final TlsLimits limits;
    private final Chores chores;
    private final Supplier<byte[]> greeting;
    private final BiConsumer<Identity.Holder, String> evict;
    private final AcceptLimit accepted;
    private final AtomicInteger refusals = new AtomicInteger();
    private final Map<Channel, TlsLink> links = new ConcurrentHashMap<>();

    /**
     * A gate without channels.
     *
     * @param identity this node's certificate and its judgement
     * @param limits against strangers
     * @param chores for work away from the IO threads
     * @param greeting what to tell a node that asks who is here
     * @param evict is told of a peer that was let in and is no longer acceptable, and why; must not block
     */
    public TlsGate(
            Identity identity,
            TlsLimits limits,
            Chores chores,
            Supplier<byte[]> greeting,
            BiConsumer<Identity.Holder, String> evict) {
        this.identity = identity;
        this.limits = limits;
        this.chores = chores;
        this.greeting = greeting;
        this.evict = evict;
        this.accepted = new AcceptLimit(limits);
    }

    /**
     * Puts TLS around a protocol.
     *
     * @param protocol sets up the handlers of the protocol inside
     * @return sets up those and ours
     */
    public ChannelInitializer around(ChannelInitializer protocol) {
        return channel -> {
            TlsLink link = new TlsLink(this, channel, TlsProtocols.engine(identity.tls(), channel.isClientMode()));
            link.engine.beginHandshake();
            channel.inboundPipeline().addLast(new TlsDecoder(link));
            protocol.initChannel(channel);
            channel.outboundPipeline().addLast(new TlsEncoder(link));
            admit(link, channel);
        };
    }

    /**
     * Who is at the other end of a channel.
     *
     * @param channel a channel that passed this gate
     * @return the peer as its certificate names it; empty before it has proved that, and after the close
     */
    public Optional<Identity.Holder> peer(Channel channel) {
        return Optional.ofNullable(links.get(channel)).map(TlsLink::peer);
    }

    /** Judges every live peer again. Those who fail are cut off at once and reported for eviction. */
    public void judgeAgain() {
        links.forEach((channel, link) -> {
            Identity.Holder peer = link.peer();
            if (peer != null) {
                judgeAgain(link, peer);
            }
        });
    }

    Chores chores() {
        return chores;
    }

    TlsLimits limits() {
        return limits;
    }

    byte[] greeting() {
        return greeting.get();
    }

    Identity.Holder judge(SSLSession session) throws SSLException, CertificateException {
        return identity.authenticate(session);
    }

    void opened(TlsLink link, Channel channel) {
        if (!channel.isClientMode()) {
            accepted.proved(address(channel));
        }
        if (link.meeting()) {
            chores.after(limits.handshake(), link::close);
        }
    }

    void refused(Channel channel, Identity.@Nullable Holder peer, Exception cause) {
        int count = refusals.incrementAndGet();
        if (count == 1) {
            chores.after(COUNTED, this::countRefusals);
        }
        if (count <= LOGGED) {
            LOG.warn("{}", Refusal.explain(remote(channel), channel.isClientMode(), peer, cause));
        }
    }

    /** A stranger shall not fill the log. */
    private void countRefusals() {
        int count = refusals.getAndSet(0);
        if (count > LOGGED) {
            LOG.warn("refused {} more connections within {}", count - LOGGED, COUNTED);
        }
    }

    private void admit(TlsLink link, Channel channel) {
        links.put(channel, link);
        boolean incoming = !channel.isClientMode();
        InetAddress from = address(channel);
        boolean entered = incoming && accepted.enter(from);
        channel.addCloseListener(closed -> {
            links.remove(closed);
            if (entered) {
                accepted.leave(from, link.open());
            }
        });
        if (incoming && !entered) {
            LOG.debug("{} has too many connections: one more is closed", from);
            link.close();
            return;
        }
        chores.after(limits.handshake(), () -> {
            if (!link.open()) {
                link.fail(new SSLException("no TLS handshake within " + limits.handshake()));
                chores.after(limits.farewell(), link::close);
            }
        });
    }

    private void judgeAgain(TlsLink link, Identity.Holder peer) {
        try {
            identity.authenticate(link.engine.getSession());
        } catch (CertificateException e) {
            LOG.warn("{} is cut off: {}", peer.node(), e.getMessage());
            link.close();
            evict.accept(peer, String.valueOf(e.getMessage()));
        }
    }

    private static InetAddress address(Channel channel) {
        return channel.socket().getInetAddress();
    }

    private static String remote(Channel channel) {
        ServerConnection connection = (ServerConnection) channel.attributeMap().get(ServerConnection.class);
        Object known = connection == null ? null : connection.getRemoteAddress();
        return String.valueOf(known == null ? channel.remoteSocketAddress() : known);
    }
}
