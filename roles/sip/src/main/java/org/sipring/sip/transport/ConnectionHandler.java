package org.sipring.sip.transport;

import static org.sipring.sip.transport.Promises.unheard;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sipring.api.NodeId;
import org.sipring.sip.ParseResult;
import org.sipring.sip.tls.Proof;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One open connection, however its bytes are cut: names it, hands its messages to its loop, and tells when it ends.
 *
 * @param <T> what arrives
 */
abstract class ConnectionHandler<T> extends SimpleChannelInboundHandler<T> {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionHandler.class);

    final NettyLoop loop;
    private final Transport transport;
    private final @Nullable NodeId peer;
    private final Proof proof;
    private final Consumer<Flow> opened;
    private @Nullable Flow flow;
    private boolean greeted;

    /**
     * A connection.
     *
     * @param loop where it lives
     * @param transport what it is
     * @param peer the node at the other end, or null
     * @param proof what another domain's server at the other end has proved
     * @param opened runs once, in the loop, when it can be sent to
     */
    ConnectionHandler(NettyLoop loop, Transport transport, @Nullable NodeId peer, Proof proof, Consumer<Flow> opened) {
        this.loop = loop;
        this.transport = transport;
        this.peer = peer;
        this.proof = proof;
        this.opened = opened;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        if (context.channel().isActive()) {
            open(context);
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        open(context);
        context.fireChannelActive();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        Flow here = flow;
        if (peer == null && here != null && !loop.hears(here.remote().getAddress(), transport)) {
            ReferenceCountUtil.release(message);
            unheard(context.close());
        } else {
            super.channelRead(context, message);
        }
    }

    private void open(ChannelHandlerContext context) {
        if (flow != null) {
            return;
        }
        InetSocketAddress remote = (InetSocketAddress) context.channel().remoteAddress();
        long name = loop.connections().add(context.channel());
        flow = new Flow(transport, loop.local(transport), remote, name, peer, proof);
        if (peer == null) {
            expectGreeting(context);
        }
        opened.accept(flow);
    }

    private void expectGreeting(ChannelHandlerContext context) {
        Future<?> deadline = context.executor()
                .schedule(
                        () -> {
                            if (!greeted) {
                                unheard(context.close());
                            }
                        },
                        loop.limits().greeting().toMillis(),
                        TimeUnit.MILLISECONDS);
        // Whoever comes and goes leaves nothing behind.
        context.channel().closeFuture().addListener(gone -> deadline.cancel(false));
    }

    /** Something whole arrived, and so the peer speaks SIP. */
    final void greeted() {
        greeted = true;
    }

    final void deliver(ParseResult result) {
        Flow here = flow;
        if (here != null) {
            loop.deliver(here, result);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        Flow gone = flow;
        if (gone != null) {
            loop.forget(gone);
        }
        context.fireChannelInactive();
    }

    // A peer that does not read what it is sent is not read from either: it cannot make this node queue more.
    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        context.channel().config().setAutoRead(context.channel().isWritable());
        context.fireChannelWritabilityChanged();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.debug("connection", cause);
        unheard(context.close());
    }
}
