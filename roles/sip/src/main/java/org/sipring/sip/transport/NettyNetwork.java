package org.sipring.sip.transport;

import static org.sipring.sip.transport.Promises.unheard;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.unix.UnixChannelOption;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.sipring.api.NodeId;
import org.sipring.api.Ticker;

/**
 * SIP on real sockets: native epoll, one UDP socket per loop on one port (the kernel spreads the peers over them),
 * several datagrams per system call, TCP, and TLS with phones and between nodes.
 */
public final class NettyNetwork implements SipNetwork {
    // One recvmmsg takes this many datagrams, each of the greatest size that RFC 3261 section 18.1.1 lets a peer send.
    private static final int DATAGRAM_BYTES = 65_535;
    private static final int DATAGRAMS = 16;
    private static final int SOCKET_BUFFER_BYTES = 4 << 20;
    private static final int SENDS_PER_FLUSH = 64;
    private static final int FREE_PORT_ATTEMPTS = 20;

    private final NetworkSettings settings;
    private final MultiThreadIoEventLoopGroup group;
    private final List<NettyLoop> loops = new ArrayList<>();
    private final List<Channel> listeners = new ArrayList<>();
    private final StreamChannels streams;

    private NettyNetwork(NetworkSettings settings, Credentials credentials, Ticker clock) {
        this.settings = settings;
        group = new MultiThreadIoEventLoopGroup(
                settings.loops(), new DefaultThreadFactory("sip"), EpollIoHandler.newFactory());
        streams = new StreamChannels(settings, credentials, this::loop, this::tellClosed);
        for (EventExecutor executor : group) {
            loops.add(new NettyLoop(loops.size(), (EventLoop) executor, streams, clock));
        }
    }

    /**
     * Opens the sockets. Blocks until they are open.
     *
     * @param settings where to listen
     * @param credentials what the node proves itself with
     * @param clock whose {@code now} and {@code nanos} may be read from any thread
     * @param receivers makes the receiver of each loop; called once for each before anything arrives
     * @return the open network
     * @throws IOException when a port cannot be had; says which
     */
    public static NettyNetwork open(
            NetworkSettings settings, Credentials credentials, Ticker clock, Function<SipLoop, Receiver> receivers)
            throws IOException {
        NettyNetwork network = new NettyNetwork(settings, credentials, clock);
        try {
            network.loops.forEach(loop -> loop.begin(receivers.apply(loop)));
            network.bind();
            return network;
        } catch (IOException | RuntimeException failure) {
            network.close();
            throw failure;
        }
    }

    @Override
    public InetSocketAddress phones() {
        return streams.local(Transport.TCP);
    }

    @Override
    public InetSocketAddress nodes() {
        return streams.local(Transport.NODE);
    }

    @Override
    public int connections() {
        return streams.connections().count();
    }

    @Override
    public void keepLinks(Set<NodeId> alive) {
        streams.keepNodes(alive);
    }

    private void bind() throws IOException {
        InetSocketAddress nodes = new InetSocketAddress(settings.address(), settings.nodePort());
        Channel nodeListener = opened(streams.listenNodes(group).bind(nodes), "tcp", nodes);
        InetSocketAddress phones = bindPhones(settings.port() == 0 ? FREE_PORT_ATTEMPTS : 1);
        streams.listening(Transport.NODE, nodeListener.localAddress());
        streams.listening(Transport.TCP, phones);
        streams.listening(Transport.UDP, phones);
        for (Map.Entry<Transport, Integer> door : settings.doors().entrySet()) {
            InetSocketAddress asked = new InetSocketAddress(settings.address(), door.getValue());
            Channel listener = opened(streams.listenPhones(group, door.getKey()).bind(asked), "tcp", asked);
            streams.listening(door.getKey(), listener.localAddress());
        }
    }

    // A free port must be free for both TCP and UDP: where it is not, another one is taken.
    private InetSocketAddress bindPhones(int attempts) throws IOException {
        InetSocketAddress asked = new InetSocketAddress(settings.address(), settings.port());
        Channel listener = opened(streams.listenPhones(group, Transport.TCP).bind(asked), "tcp", asked);
        InetSocketAddress phones = (InetSocketAddress) listener.localAddress();
        try {
            for (NettyLoop loop : loops) {
                loop.bound(opened(datagrams(loop).bind(phones), "udp", phones));
            }
            return phones;
        } catch (IOException taken) {
            if (attempts == 1) {
                throw taken;
            }
            listener.close().awaitUninterruptibly();
            return bindPhones(attempts - 1);
        }
    }

    private Bootstrap datagrams(NettyLoop loop) {
        return new Bootstrap()
                .group(loop.executor())
                .channel(EpollDatagramChannel.class)
                .option(UnixChannelOption.SO_REUSEPORT, true)
                .option(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, DATAGRAM_BYTES)
                .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(DATAGRAM_BYTES * DATAGRAMS))
                .option(ChannelOption.SO_RCVBUF, SOCKET_BUFFER_BYTES)
                .option(ChannelOption.SO_SNDBUF, SOCKET_BUFFER_BYTES)
                .handler(new UdpPipeline(loop, SENDS_PER_FLUSH));
    }

    private Channel opened(ChannelFuture binding, String kind, InetSocketAddress where) throws IOException {
        binding.awaitUninterruptibly();
        if (!binding.isSuccess()) {
            throw new IOException(
                    "cannot listen on " + where.getHostString() + ":" + where.getPort() + "/" + kind
                            + ": stop the program that uses the port, or choose another address or port",
                    binding.cause());
        }
        listeners.add(binding.channel());
        return binding.channel();
    }

    private NettyLoop loop(EventExecutor executor) {
        for (NettyLoop loop : loops) {
            if (loop.executor() == executor) {
                return loop;
            }
        }
        throw new IllegalStateException("an event loop of another network");
    }

    // Any loop may have transactions that wait for an answer over the connection.
    private void tellClosed(Flow flow) {
        loops.forEach(loop -> loop.ticker().execute(() -> loop.hearClosed(flow)));
    }

    @Override
    public void close() {
        for (Channel listener : listeners) {
            unheard(listener.close());
        }
        streams.closeAll();
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
        streams.end();
    }
}
