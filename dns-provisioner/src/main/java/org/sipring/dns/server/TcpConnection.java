package org.sipring.dns.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.timeout.IdleStateEvent;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's connection (RFC 7766): requests are answered as they come and perhaps out of order. It stops reading
 * while the client does not take its answers or has many updates waiting. On the connection's loop.
 */
final class TcpConnection extends SimpleChannelInboundHandler<ByteBuf> {
    private static final Logger LOG = LoggerFactory.getLogger(TcpConnection.class);
    private static final int MOST_WAITING = 16;

    private final Answering answering;
    private int waiting;

    TcpConnection(Answering answering) {
        this.answering = answering;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf message) {
        waiting++;
        answering.answer(ByteBufUtil.getBytes(message), true, messages -> {
            if (context.executor().inEventLoop()) {
                answered(context, messages);
            } else {
                context.executor().execute(() -> answered(context, messages));
            }
        });
        pace(context);
    }

    private void answered(ChannelHandlerContext context, List<byte[]> messages) {
        waiting--;
        for (byte[] message : messages) {
            var unused = context.write(Unpooled.wrappedBuffer(message));
        }
        context.flush();
        pace(context);
    }

    private void pace(ChannelHandlerContext context) {
        context.channel()
                .config()
                .setAutoRead(waiting < MOST_WAITING && context.channel().isWritable());
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        pace(context);
        context.fireChannelWritabilityChanged();
    }

    /** No whole request for a while: the place is for somebody else (RFC 7766 section 6.2.3). */
    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof IdleStateEvent) {
            var unused = context.close();
        } else {
            context.fireUserEventTriggered(event);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.debug("connection with {} broke", context.channel().remoteAddress(), cause);
        var unused = context.close();
    }
}
