package org.sipring.sip.transport;

import static org.sipring.sip.transport.Promises.unheard;

import io.netty.channel.Channel;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.DefaultEventExecutorGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.EventExecutorGroup;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;
import org.sipring.api.Identity;
import org.sipring.api.NodeId;
import org.sipring.api.Places;
import org.sipring.sip.tls.Proof;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where links between nodes begin: mutual TLS, and who may come in. The costly part of a handshake is done on a thread of
 * its own, so that strangers who knock do not delay phones. Callable from any thread.
 */
final class NodeDoor {
    private static final Logger LOG = LoggerFactory.getLogger(NodeDoor.class);
    private static final int HANDSHAKE_MILLIS = 5_000;

    /** Each handshake takes some milliseconds of work, and no longer than its deadline. */
    private static final int UNPROVED = 256;

    /** Between two nodes there is one link, and perhaps one more while another is being replaced. */
    static final int UNPROVED_OF_ONE_ADDRESS = 8;

    private static final String[] TLS_VERSIONS = {"TLSv1.3"};

    private final Identity identity;
    private final Function<EventExecutor, NettyLoop> loops;
    private final EventExecutorGroup porter = new DefaultEventExecutorGroup(1, new DefaultThreadFactory("sip-tls"));
    private final Places unproved = new Places(UNPROVED, UNPROVED_OF_ONE_ADDRESS);
    private final RefusedLinks refused = new RefusedLinks("node link", LOG::warn, this::later);
    private final Set<NodeGate> gates = ConcurrentHashMap.newKeySet();

    NodeDoor(Identity identity, Function<EventExecutor, NettyLoop> loops) {
        this.identity = identity;
        this.loops = loops;
        identity.onChange(() -> gates.forEach(NodeGate::judgeAgain));
    }

    private void later(Duration delay, Runnable task) {
        unheard(porter.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS));
    }

    /** Furnishes a connection that somebody opened, as long as there is a place for one more stranger. */
    void accepted(Channel channel) {
        InetSocketAddress remote = (InetSocketAddress) channel.remoteAddress();
        Optional<Places.Place> place = unproved.enter(remote.getAddress());
        if (place.isEmpty()) {
            refused.add(remote, "too many connections that have not proved who they are");
            unheard(channel.close());
            return;
        }
        channel.closeFuture().addListener(done -> place.get().leave());
        furnish(channel, null, flow -> place.get().leave());
    }

    /** Furnishes a connection that this node opens to another. */
    void opened(Channel channel, NodeId node, Consumer<Flow> proved) {
        furnish(channel, node, proved);
    }

    // Who opens a connection is the TLS client, and knows whom to expect.
    private void furnish(Channel channel, @Nullable NodeId expected, Consumer<Flow> proved) {
        SslHandler tls = new SslHandler(engine(expected != null), porter);
        tls.setHandshakeTimeoutMillis(HANDSHAKE_MILLIS);
        NodeGate gate = new NodeGate(identity, tls, expected, refused, peer -> channel.pipeline()
                .addLast(
                        new FlushConsolidationHandler(),
                        new StreamHandler(
                                loops.apply(channel.eventLoop()), Transport.NODE, peer, Proof.NOTHING, proved)));
        gates.add(gate);
        channel.closeFuture().addListener(done -> gates.remove(gate));
        channel.pipeline().addLast(tls, gate);
    }

    private SSLEngine engine(boolean client) {
        SSLEngine engine = identity.tls().createSSLEngine();
        engine.setUseClientMode(client);
        engine.setEnabledProtocols(TLS_VERSIONS);
        if (!client) {
            engine.setNeedClientAuth(true);
        }
        return engine;
    }

    /** Closes the links to all other nodes. */
    void keep(Set<NodeId> alive) {
        gates.forEach(gate -> gate.keep(alive));
    }

    void close() {
        unheard(porter.shutdownGracefully(0, 1, TimeUnit.SECONDS));
    }
}
