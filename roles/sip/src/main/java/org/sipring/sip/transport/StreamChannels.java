package org.sipring.sip.transport;

import static org.sipring.sip.transport.Promises.unheard;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.unix.Errors.NativeIoException;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.sipring.api.NodeId;
import org.sipring.api.Places;
import org.sipring.sip.tls.Proof;

/** Connections of phones and of nodes, accepted and opened. Callable from any thread. */
final class StreamChannels {
    private static final int BACKLOG = 1024;
    private static final int CONNECT_MILLIS = 5_000;
    // A node that answers nothing for so long is hung or cut off; the overlay says the same by then.
    private static final int NODE_SILENCE_MILLIS = 5_000;
    // A browser that is gone is noticed after twice as long; NATs forget a connection after minutes.
    private static final Duration PING = Duration.ofMinutes(1);
    private static final WriteBufferWaterMark WATER = new WriteBufferWaterMark(64 << 10, 256 << 10);

    private final NetworkSettings settings;
    private final Function<EventExecutor, NettyLoop> loops;
    private final Consumer<Flow> closed;
    private final Connections connections;
    private final Dialer dialer = new Dialer();
    private final NodeDoor nodes;
    private final PhoneDoor phones;
    private final DomainDoor domains;
    private final ProvedFlows proved;
    private final Map<Transport, InetSocketAddress> listening = new ConcurrentHashMap<>();

    StreamChannels(
            NetworkSettings settings,
            Credentials credentials,
            Function<EventExecutor, NettyLoop> loops,
            Consumer<Flow> closed) {
        this.settings = settings;
        this.loops = loops;
        this.closed = closed;
        connections = new Connections(settings.limits());
        proved = new ProvedFlows(flow -> connections.find(flow.connection()) != null);
        nodes = new NodeDoor(credentials.nodes(), loops);
        domains = new DomainDoor(credentials.domains());
        phones = new PhoneDoor(credentials.phones(), domains);
        listening.put(Transport.UDP, new InetSocketAddress(settings.address(), settings.port()));
    }

    /** From now on a transport's port is open. */
    void listening(Transport transport, SocketAddress where) {
        listening.put(transport, (InetSocketAddress) where);
    }

    InetSocketAddress local(Transport transport) {
        InetSocketAddress found = listening.get(transport);
        return found == null ? Objects.requireNonNull(listening.get(Transport.UDP)) : found;
    }

    Connections connections() {
        return connections;
    }

    NetworkSettings.Limits limits() {
        return settings.limits();
    }

    void forget(Flow flow) {
        connections.remove(flow.connection());
        proved.remove(flow);
        closed.accept(flow);
    }

    ServerBootstrap listenPhones(EventLoopGroup group, Transport transport) {
        return listener(group, channel -> admitted(channel, transport, () -> welcome(channel, transport)));
    }

    private void welcome(Channel channel, Transport transport) {
        Consumer<Proof> hear = transport.webSocket()
                ? proof -> WebSocketUpgrade.await(
                        channel,
                        loops.apply(channel.eventLoop()),
                        settings.origins(),
                        limits().message(),
                        () -> browser(channel, transport))
                : proof -> phone(channel, transport, proof, flow -> {});
        if (transport.secure()) {
            phones.accepted(channel, transport.webSocket(), hear);
        } else {
            hear.accept(Proof.NOTHING);
        }
    }

    ServerBootstrap listenNodes(EventLoopGroup group) {
        return listener(group, nodes::accepted);
    }

    private ServerBootstrap listener(EventLoopGroup group, Consumer<Channel> pipeline) {
        return new ServerBootstrap()
                .group(group)
                .channel(EpollServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER)
                .childHandler(initializer(pipeline));
    }

    private static ChannelInitializer<Channel> initializer(Consumer<Channel> pipeline) {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                pipeline.accept(channel);
            }
        };
    }

    // Counts the connection before anything is spent on it.
    private void admitted(Channel channel, Transport transport, Runnable pipeline) {
        InetSocketAddress remote = (InetSocketAddress) channel.remoteAddress();
        boolean heard = loops.apply(channel.eventLoop()).hears(remote.getAddress(), transport);
        Optional<Places.Place> place = heard ? connections.admit(remote.getAddress()) : Optional.empty();
        if (place.isPresent()) {
            channel.closeFuture().addListener(done -> place.get().leave());
            pipeline.run();
        } else {
            unheard(channel.close());
        }
    }

    Future<Flow> dialPhone(EventLoop loop, InetSocketAddress remote) {
        return dialAdmitted(
                loop,
                remote,
                remote,
                (channel, promise) -> phone(channel, Transport.TCP, Proof.NOTHING, promise::trySuccess));
    }

    /** A server of another domain; one that is there and is not the domain fails by a {@link CertificateException}. */
    Future<Flow> dialDomain(EventLoop loop, InetSocketAddress remote, String domain) {
        Optional<Flow> open = proved.find(remote, domain);
        if (open.isPresent()) {
            return loop.newSucceededFuture(open.get());
        }
        return dialAdmitted(
                loop,
                remote,
                new Server(remote, domain),
                (channel, promise) -> domains.opened(channel, domain, outcome(channel, remote, promise)));
    }

    // Whoever is dialled takes a place of its address, as whoever connects does.
    private Future<Flow> dialAdmitted(
            EventLoop loop, InetSocketAddress remote, Object where, BiConsumer<Channel, Promise<Flow>> opened) {
        return dialer.dial(where, loop, promise -> {
            Optional<Places.Place> place = connections.admit(remote.getAddress());
            if (place.isEmpty()) {
                promise.tryFailure(new TooManyConnections());
            } else {
                promise.addListener(done -> {
                    if (!done.isSuccess()) {
                        place.get().leave();
                    }
                });
                dial(loop, remote, where, promise, channel -> opened.accept(channel, promise))
                        .addListener(done -> place.get().leave());
            }
        });
    }

    /**
     * What a connection to another domain leads to.
     *
     * @param address the server
     * @param domain what it must prove to be
     */
    private record Server(InetSocketAddress address, String domain) {}

    private DomainDoor.Outcome outcome(Channel channel, InetSocketAddress remote, Promise<Flow> promise) {
        return new DomainDoor.Outcome() {
            @Override
            public void proved(Proof proof) {
                phone(channel, Transport.TLS, proof, flow -> {
                    proved.opened(remote, flow);
                    promise.trySuccess(flow);
                });
            }

            @Override
            public void refused(CertificateException why) {
                promise.tryFailure(why);
            }
        };
    }

    void alias(Flow flow, int port) {
        if (!flow.proof().domains().isEmpty()) {
            proved.alias(new InetSocketAddress(flow.remote().getAddress(), port), flow);
        }
    }

    Future<Flow> dialNode(EventLoop loop, NodeId node, String address) {
        InetSocketAddress remote = new InetSocketAddress(address, settings.peerPort());
        return dialer.dial(
                node,
                loop,
                promise -> unheard(dial(loop, remote, node, promise, channel -> {
                    channel.config().setOption(EpollChannelOption.TCP_USER_TIMEOUT, NODE_SILENCE_MILLIS);
                    nodes.opened(channel, node, promise::trySuccess);
                })));
    }

    /** Gives the end of the connection, also of one that never began. */
    private ChannelFuture dial(
            EventLoop loop, InetSocketAddress remote, Object where, Promise<Flow> promise, Consumer<Channel> pipeline) {
        ChannelFuture connecting = new Bootstrap()
                .group(loop)
                .channel(EpollSocketChannel.class)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER)
                .localAddress(new InetSocketAddress(settings.address(), 0))
                .handler(initializer(pipeline))
                .connect(remote);
        // Where no more files may be open there is no channel, and none that ever closes.
        connecting.addListener(done -> {
            if (!done.isSuccess()) {
                promise.tryFailure(unopened(done.cause()));
            }
        });
        return connecting.channel().closeFuture().addListener(done -> {
            promise.tryFailure(unopened(connecting.cause()));
            dialer.forget(where, promise);
        });
    }

    // Netty has a ChannelException of what socket(2) says, and a NativeIoException of bind(2), which finds no local
    // port that is free; what connect(2) says is a ConnectException or the like.
    private static IOException unopened(@Nullable Throwable why) {
        boolean ours = why instanceof ChannelException || why instanceof NativeIoException;
        return ours ? new TooManyConnections() : new ClosedChannelException();
    }

    private void phone(Channel channel, Transport transport, Proof proof, Consumer<Flow> opened) {
        channel.pipeline()
                .addLast(
                        new IdleStateHandler(0, 0, limits().idle().toMillis(), TimeUnit.MILLISECONDS),
                        new FlushConsolidationHandler(),
                        new StreamHandler(loops.apply(channel.eventLoop()), transport, null, proof, opened));
    }

    private BiConsumer<ChannelHandlerContext, Integer> browser(Channel channel, Transport transport) {
        Duration silence = limits().idle().compareTo(PING) < 0 ? limits().idle() : PING;
        WebSocketHandler hearing = new WebSocketHandler(loops.apply(channel.eventLoop()), transport);
        channel.pipeline()
                .addLast(
                        new IdleStateHandler(silence.toMillis(), 0, 0, TimeUnit.MILLISECONDS),
                        new FlushConsolidationHandler(),
                        new WebSocketHandler.Writer(),
                        hearing);
        return hearing::read;
    }

    void keepNodes(Set<NodeId> alive) {
        nodes.keep(alive);
    }

    void closeAll() {
        connections.closeAll();
    }

    /** Ends what the connections needed while they were closing. */
    void end() {
        nodes.close();
        phones.close();
        domains.close();
    }
}
