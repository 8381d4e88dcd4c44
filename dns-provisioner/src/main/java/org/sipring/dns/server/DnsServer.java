package org.sipring.dns.server;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultEventExecutorGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutorGroup;
import io.netty.util.concurrent.RejectedExecutionHandlers;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.sipring.api.Ticker;
import org.sipring.dns.wire.Responder;
import org.sipring.dns.wire.TsigKey;
import org.sipring.dns.zone.Canonical;
import org.sipring.dns.zone.RrKey;
import org.sipring.dns.zone.RrSet;
import org.sipring.dns.zone.Update;
import org.sipring.dns.zone.ZoneData;

/**
 * The authoritative name server of one zone, over UDP and TCP. It takes updates and zone transfers under its TSIG key and
 * refuses everything else. Two threads: {@code dns-server} for the sockets, {@code dns-zone} owns the zone and writes it
 * to disk.
 */
public final class DnsServer implements AutoCloseable {
    private static final int LARGEST_DATAGRAM = 4096;
    private static final int MOST_UPDATES_WAITING = 1024;
    private static final int PORTS_TO_TRY = 20;

    private final Setup setup;
    private final EventLoopGroup loop;
    private final EventExecutorGroup owner;
    private final ServedZone zone;
    private final Answering answering;
    private @Nullable Channel tcp;
    private @Nullable Channel udp;

    private DnsServer(Setup setup, Ticker ticker) throws IOException {
        this.setup = setup;
        this.zone = zone(setup, ticker);
        this.loop =
                new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("dns-server"), NioIoHandler.newFactory());
        this.owner = new DefaultEventExecutorGroup(
                1, new DefaultThreadFactory("dns-zone"), MOST_UPDATES_WAITING, RejectedExecutionHandlers.reject());
        this.answering = new Answering(new Responder(setup.origin(), setup.key(), ticker), zone, owner.next());
    }

    /**
     * Reads the zone, or begins it, and opens the sockets.
     *
     * @param setup what to serve and where
     * @param ticker tells the time of day; only read, from any thread
     * @return the running server
     * @throws IOException when the address is taken or the zone cannot be read or written; the message says what to do
     */
    public static DnsServer start(Setup setup, Ticker ticker) throws IOException {
        DnsServer server = new DnsServer(setup, ticker);
        try {
            server.open();
            return server;
        } catch (IOException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    private static ServedZone zone(Setup setup, Ticker ticker) throws IOException {
        Optional<ZoneFile> file = Optional.empty();
        Optional<ZoneData> known = Optional.empty();
        if (setup.data().isPresent()) {
            Path folder = Files.createDirectories(setup.data().get());
            file = Optional.of(new ZoneFile(folder.resolve(setup.origin() + "zone")));
            known = file.get().load(setup.origin());
        }
        // By the clock, so that a server without memory counts on after a restart.
        int serial = (int) ticker.now().getEpochSecond();
        ZoneData first = known.orElseGet(() -> ZoneData.fresh(setup.origin(), serial));
        ServedZone zone = new ServedZone(first, file);
        zone.apply(ownAddress(setup));
        return zone;
    }

    /** The address may be another than at the last start. */
    private static Update ownAddress(Setup setup) {
        InetAddress address = setup.listen().getAddress();
        String name = "ns." + setup.origin();
        String type = address instanceof Inet6Address ? "AAAA" : "A";
        RrSet own = Canonical.of(RrSet.of(name, type, 30, List.of(address.getHostAddress())));
        RrKey other = new RrKey(name, type.equals("A") ? "AAAA" : "A");
        return new Update(List.of(), List.of(new Update.Delete(other), new Update.Replace(own)));
    }

    private void open() throws IOException {
        for (int tried = 1; udp == null; tried++) {
            Channel stream = bound(stream().bind(setup.listen()));
            ChannelFuture datagrams = datagrams().bind(stream.localAddress()).awaitUninterruptibly();
            // With port 0 the system chose a port that is free for TCP: UDP may be unlucky there.
            if (!datagrams.isSuccess() && setup.listen().getPort() == 0 && tried < PORTS_TO_TRY) {
                stream.close().awaitUninterruptibly();
            } else {
                tcp = stream;
                udp = bound(datagrams);
            }
        }
    }

    private Channel bound(ChannelFuture binding) throws IOException {
        if (!binding.awaitUninterruptibly().isSuccess()) {
            throw new IOException(
                    "cannot listen on " + setup.listen().getHostString() + ":"
                            + setup.listen().getPort() + " ("
                            + binding.cause().getMessage() + "): stop the other server there, or listen elsewhere",
                    binding.cause());
        }
        return binding.channel();
    }

    private ServerBootstrap stream() {
        return new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childHandler(new TcpGate(answering, setup.limits()));
    }

    private Bootstrap datagrams() {
        return new Bootstrap()
                .group(loop)
                .channel(NioDatagramChannel.class)
                .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(LARGEST_DATAGRAM))
                .handler(new UdpSocket(answering));
    }

    /**
     * Where it listens, for UDP and TCP.
     *
     * @return address and port; the port is the real one where the setup said 0
     */
    public InetSocketAddress localAddress() {
        Channel open = tcp;
        if (open == null) {
            throw new IllegalStateException("not open");
        }
        return (InetSocketAddress) open.localAddress();
    }

    /**
     * The zone as served now. Callable from any thread.
     *
     * @return the zone
     */
    public ZoneData zone() {
        return zone.now();
    }

    /** Closes the sockets, lets the updates that wait be written, and ends the threads. */
    @Override
    public void close() {
        owner.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
        loop.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    /**
     * What to serve and where.
     *
     * @param origin the zone's apex: absolute
     * @param key who may update and transfer the zone
     * @param listen one address of this host, since the zone names it as {@code ns.ORIGIN}; port 0 takes a free one
     * @param data the folder that keeps the zone; without one a restart forgets it, the fence of the updates included
     * @param limits on TCP connections
     */
    public record Setup(String origin, TsigKey key, InetSocketAddress listen, Optional<Path> data, Limits limits) {
        /**
         * Checks the parts.
         *
         * @throws IllegalArgumentException when they cannot be served; the message says what to write instead
         */
        public Setup {
            origin = origin.toLowerCase(Locale.ROOT);
            if (!origin.matches("([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\\.)+")) {
                throw new IllegalArgumentException("zone '" + origin + "': write a domain name such as sipring.test.");
            }
            if (listen.isUnresolved() || listen.getAddress().isAnyLocalAddress()) {
                throw new IllegalArgumentException("listen address " + listen.getHostString()
                        + ": name one address of this host, since resolvers are told to ask there");
            }
        }

        /**
         * With the usual limits.
         *
         * @param origin the zone's apex: absolute
         * @param key who may update and transfer the zone
         * @param listen one address of this host
         * @param data the folder that keeps the zone
         */
        public Setup(String origin, TsigKey key, InetSocketAddress listen, Optional<Path> data) {
            this(origin, key, listen, data, Limits.USUAL);
        }
    }

    /**
     * Limits on TCP connections.
     *
     * @param connections open at once
     * @param connectionsOfOne open at once from one address
     * @param idle how long a connection may go without a whole request
     */
    public record Limits(int connections, int connectionsOfOne, Duration idle) {
        /** 512 connections, 64 of one address, 10 s. */
        public static final Limits USUAL = new Limits(512, 64, Duration.ofSeconds(10));
    }
}
