package org.sipring.store.raft;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.ratis.thirdparty.io.grpc.Attributes;
import org.apache.ratis.thirdparty.io.grpc.Grpc;
import org.apache.ratis.thirdparty.io.grpc.ServerTransportFilter;
import org.apache.ratis.thirdparty.io.grpc.netty.NettyServerBuilder;
import org.apache.ratis.thirdparty.io.netty.channel.Channel;
import org.apache.ratis.thirdparty.io.netty.channel.ChannelHandler;
import org.apache.ratis.thirdparty.io.netty.channel.ChannelHandlerContext;
import org.apache.ratis.thirdparty.io.netty.channel.ChannelInboundHandlerAdapter;
import org.apache.ratis.thirdparty.io.netty.channel.ServerChannel;
import org.apache.ratis.thirdparty.io.netty.channel.nio.NioEventLoopGroup;
import org.apache.ratis.thirdparty.io.netty.channel.socket.nio.NioServerSocketChannel;
import org.apache.ratis.util.ConcurrentUtils;
import org.sipring.api.Places;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where connections wait until they have proved who they are: for a while, and not too many at once, for each costs memory
 * that the replica needs. gRPC by itself lets any number wait for two minutes. Callable from any thread.
 */
@ChannelHandler.Sharable
final class Threshold extends ChannelInboundHandlerAdapter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Threshold.class);

    /** How long the proof may take; a slow link manages it well within. */
    static final Duration PROOF = Duration.ofSeconds(5);

    /** How many of one address may wait. */
    static final int OF_ONE_ADDRESS = 16;

    private static final int IN_ALL = 128;

    private static final int WORKERS = 2;

    // Of its own: those that Ratis makes hold up its end for two seconds.
    private final NioEventLoopGroup boss = new NioEventLoopGroup(1, ConcurrentUtils.newThreadFactory("store-door-"));
    private final NioEventLoopGroup workers =
            new NioEventLoopGroup(WORKERS, ConcurrentUtils.newThreadFactory("store-server-"));
    private final Places places = new Places(IN_ALL, OF_ONE_ADDRESS);
    private final Map<SocketAddress, Places.Place> waiting = new ConcurrentHashMap<>();
    // So that who comes again and again is told of once.
    private final AtomicBoolean said = new AtomicBoolean();

    /** Puts itself in front of a server that runs on Java's own sockets. */
    NettyServerBuilder before(NettyServerBuilder server) {
        return server.handshakeTimeout(PROOF.toMillis(), TimeUnit.MILLISECONDS)
                .bossEventLoopGroup(boss)
                .workerEventLoopGroup(workers)
                .channelFactory(this::listener)
                .addTransportFilter(new Proved());
    }

    /** Ends its threads; the server has ended. */
    @Override
    public void close() {
        end(boss);
        end(workers);
    }

    private static void end(NioEventLoopGroup threads) {
        if (!threads.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS)) {
            LOG.warn("threads of the store's port do not end");
        }
    }

    private ServerChannel listener() {
        NioServerSocketChannel listener = new NioServerSocketChannel();
        listener.pipeline().addLast(this);
        return listener;
    }

    /** A listener reads connections. */
    @Override
    public void channelRead(ChannelHandlerContext context, Object accepted) {
        Channel connection = (Channel) accepted;
        if (connection.remoteAddress() instanceof InetSocketAddress peer && enters(connection, peer)) {
            context.fireChannelRead(connection);
        } else {
            connection.unsafe().closeForcibly();
        }
    }

    private boolean enters(Channel connection, InetSocketAddress peer) {
        Optional<Places.Place> place = places.enter(peer.getAddress());
        if (place.isEmpty()) {
            say(peer);
            return false;
        }
        // One that was reset may have its address taken by the next before its end is heard of.
        waiting.put(peer, place.get());
        var unused = connection.closeFuture().addListener(closed -> leave(peer, place.get()));
        return true;
    }

    private void say(InetSocketAddress peer) {
        if (said.compareAndSet(false, true)) {
            LOG.warn(
                    "too many connections to the store's port, the last from {}, have not proved who they are: more are closed",
                    peer.getAddress().getHostAddress());
        }
    }

    private void leave(SocketAddress peer, Places.Place place) {
        place.leave();
        waiting.remove(peer, place);
        if (waiting.isEmpty()) {
            said.set(false);
        }
    }

    /** Hears of those that have done their TLS handshake, in which each proves itself. */
    private final class Proved extends ServerTransportFilter {
        @Override
        public Attributes transportReady(Attributes transport) {
            SocketAddress peer = transport.get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
            Places.Place place = peer == null ? null : waiting.get(peer);
            if (place != null) {
                leave(peer, place);
            }
            return transport;
        }
    }
}
