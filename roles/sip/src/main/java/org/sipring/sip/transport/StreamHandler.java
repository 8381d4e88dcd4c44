package org.sipring.sip.transport;

import static org.sipring.sip.transport.Promises.unheard;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.timeout.IdleStateEvent;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sipring.api.NodeId;
import org.sipring.sip.Frame;
import org.sipring.sip.StreamFramer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One open connection: cuts its bytes into messages and hands them to its loop. */
final class StreamHandler extends SimpleChannelInboundHandler<ByteBuf> {
    private static final Logger LOG = LoggerFactory.getLogger(StreamHandler.class);
    // RFC 5626 section 3.5.1.
    private static final byte[] PONG = {'\r', '\n'};

    private final NettyLoop loop;
    private final Transport transport;
    private final @Nullable NodeId peer;
    private final Consumer<Flow> opened;
    private final StreamFramer framer;
    private @Nullable Flow flow;
    private boolean greeted;
    private int held;
    private @Nullable Future<?> rest;

    /**
     * A connection.
     *
     * @param loop where it lives
     * @param transport what it is
     * @param peer the node at the other end, or null
     * @param opened runs once, in the loop, when it can be sent to
     */
    StreamHandler(NettyLoop loop, Transport transport, @Nullable NodeId peer, Consumer<Flow> opened) {
        this.loop = loop;
        this.transport = transport;
        this.peer = peer;
        this.opened = opened;
        this.framer = new StreamFramer(loop.limits().message());
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

    private void open(ChannelHandlerContext context) {
        if (flow != null) {
            return;
        }
        InetSocketAddress remote = (InetSocketAddress) context.channel().remoteAddress();
        long name = loop.connections().add(context.channel());
        flow = new Flow(transport, loop.local(transport), remote, name, peer);
        if (peer == null) {
            expectGreeting(context);
        }
        opened.accept(flow);
    }

    private void expectGreeting(ChannelHandlerContext context) {
        unheard(context.executor()
                .schedule(
                        () -> {
                            if (!greeted) {
                                unheard(context.close());
                            }
                        },
                        loop.limits().greeting().toMillis(),
                        TimeUnit.MILLISECONDS));
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf bytes) {
        Flow here = flow;
        if (here == null) {
            return;
        }
        framer.feed(bytes.nioBuffer());
        boolean whole = false;
        for (Optional<Frame> next = framer.next(); next.isPresent(); next = framer.next()) {
            heard(context, here, next.get());
            whole = true;
        }
        awaitRest(context, whole);
    }

    /** A message that has begun must end in time, and all that have begun must fit in memory. */
    private void awaitRest(ChannelHandlerContext context, boolean whole) {
        int more = framer.held() - held;
        held = framer.held();
        if (!loop.connections().hold(more)) {
            unheard(context.close());
        }
        if (rest != null && (whole || held == 0)) {
            rest.cancel(false);
            rest = null;
        }
        if (rest == null && held > 0) {
            rest = context.executor()
                    .schedule(
                            () -> unheard(context.close()),
                            loop.limits().greeting().toMillis(),
                            TimeUnit.MILLISECONDS);
        }
    }

    private void heard(ChannelHandlerContext context, Flow here, Frame frame) {
        greeted = true;
        if (frame instanceof Frame.Message message) {
            loop.deliver(here, message.result());
        } else if (frame instanceof Frame.Ping) {
            unheard(context.writeAndFlush(Unpooled.wrappedBuffer(PONG)));
        } else if (frame instanceof Frame.Broken broken) {
            loop.deliver(here, broken.verdict());
            unheard(context.close());
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        loop.connections().hold(-held);
        held = 0;
        if (rest != null) {
            rest.cancel(false);
        }
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
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof IdleStateEvent) {
            unheard(context.close());
        }
        context.fireUserEventTriggered(event);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.debug("connection", cause);
        unheard(context.close());
    }
}
