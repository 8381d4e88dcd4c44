package org.sipring.sip.transport;

import static org.sipring.sip.transport.Promises.unheard;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.DatagramPacket;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sipring.api.NodeId;
import org.sipring.api.Ticker;
import org.sipring.sip.ParseResult;
import org.sipring.sip.SipMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A Netty event loop with its own UDP socket. */
final class NettyLoop implements SipLoop {
    private static final Logger LOG = LoggerFactory.getLogger(NettyLoop.class);

    private final int index;
    private final EventLoop executor;
    private final LoopTicker ticker;
    private final StreamChannels streams;
    private final UdpFlows flows = new UdpFlows();
    private @Nullable Receiver receiver;
    private @Nullable Channel udp;

    NettyLoop(int index, EventLoop executor, StreamChannels streams, Ticker clock) {
        this.index = index;
        this.executor = executor;
        this.ticker = new LoopTicker(executor, clock);
        this.streams = streams;
    }

    /** Before anything can arrive. */
    void begin(Receiver heard) {
        receiver = heard;
    }

    void bound(Channel socket) {
        udp = socket;
    }

    EventLoop executor() {
        return executor;
    }

    NetworkSettings.Limits limits() {
        return streams.limits();
    }

    Connections connections() {
        return streams.connections();
    }

    @Override
    public InetSocketAddress local(Transport transport) {
        return streams.local(transport);
    }

    boolean hears(InetAddress source, Transport transport) {
        Receiver heard = receiver;
        return heard == null || heard.hears(source, transport);
    }

    boolean drops(InetAddress source, BooleanSupplier response) {
        Receiver heard = receiver;
        return heard != null && heard.drops(source, response);
    }

    void deliver(Flow flow, ParseResult result) {
        Receiver heard = receiver;
        if (heard == null) {
            return;
        }
        try {
            heard.received(flow, result);
        } catch (RuntimeException | StackOverflowError bug) {
            // One message must not stop the others, whatever it says.
            LOG.error("a message from {} could not be worked on; please report this", flow.remote(), bug);
        }
    }

    void hearClosed(Flow flow) {
        Receiver heard = receiver;
        if (heard != null) {
            heard.closed(flow);
        }
    }

    /** A connection of this loop has closed: all loops hear of it. */
    void forget(Flow flow) {
        streams.forget(flow);
    }

    @Override
    public int index() {
        return index;
    }

    @Override
    public Ticker ticker() {
        return ticker;
    }

    @Override
    public Flow udp(InetSocketAddress remote) {
        return flows.of(local(Transport.UDP), remote);
    }

    @Override
    public boolean send(Flow flow, byte[] message) {
        if (message.length > SipMessage.MOST_BYTES) {
            // Another node's framer would take it for an attack and close the link that many calls share.
            return false;
        }
        return flow.transport() == Transport.UDP ? datagram(flow, message) : stream(flow, message);
    }

    private boolean datagram(Flow flow, byte[] message) {
        Channel socket = udp;
        if (socket == null) {
            return false;
        }
        unheard(socket.writeAndFlush(
                new DatagramPacket(Unpooled.wrappedBuffer(message), flow.remote()), socket.voidPromise()));
        return true;
    }

    private boolean stream(Flow flow, byte[] message) {
        Channel channel = connections().find(flow.connection());
        if (channel == null || !channel.isActive()) {
            return false;
        }
        if (!channel.isWritable() && channel.bytesBeforeWritable() > limits().pending()) {
            unheard(channel.close());
            return false;
        }
        unheard(channel.writeAndFlush(Unpooled.wrappedBuffer(message), channel.voidPromise()));
        return true;
    }

    @Override
    public boolean open(Flow flow) {
        return flow.transport() == Transport.UDP || connections().find(flow.connection()) != null;
    }

    @Override
    public void closeAfterSilence(Flow flow, Duration silence) {
        Channel channel = connections().find(flow.connection());
        IdleStateHandler limit = channel == null ? null : channel.pipeline().get(IdleStateHandler.class);
        if (channel != null && limit != null && limit.getReaderIdleTimeInMillis() != silence.toMillis()) {
            channel.pipeline()
                    .replace(limit, null, new IdleStateHandler(silence.toMillis(), 0, 0, TimeUnit.MILLISECONDS));
        }
    }

    @Override
    public void connect(InetSocketAddress remote, Consumer<Dialled> then) {
        report(streams.dialPhone(executor, remote), then);
    }

    @Override
    public void secure(InetSocketAddress remote, String domain, Consumer<Dialled> then) {
        report(streams.dialDomain(executor, remote, domain), then);
    }

    private static Dialled outcome(Future<Flow> dialled) {
        if (dialled.isSuccess()) {
            return Dialled.to(dialled.getNow());
        }
        if (dialled.cause() instanceof TooManyConnections) {
            return Dialled.FULL;
        }
        return dialled.cause() instanceof CertificateException ? Dialled.IMPOSTOR : Dialled.NOBODY;
    }

    @Override
    public void alias(Flow flow, int port) {
        streams.alias(flow, port);
    }

    @Override
    public void link(NodeId node, String address, Consumer<Optional<Flow>> then) {
        report(streams.dialNode(executor, node, address), dialled -> then.accept(dialled.open()));
    }

    // The connection may live in another loop: its news is brought to this one.
    private void report(Future<Flow> dialled, Consumer<Dialled> then) {
        if (dialled.isSuccess()) {
            then.accept(Dialled.to(dialled.getNow()));
            return;
        }
        dialled.addListener(done -> ticker.execute(() -> then.accept(outcome(dialled))));
    }
}
