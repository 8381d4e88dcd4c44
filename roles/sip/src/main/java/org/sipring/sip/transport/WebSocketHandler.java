package org.sipring.sip.transport;

import static org.sipring.sip.transport.Promises.unheard;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.timeout.IdleStateEvent;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.sipring.sip.SipMessage;
import org.sipring.sip.tls.Proof;

/**
 * A WebSocket connection: each message of it, text or binary, is one SIP message. RFC 7118 section 5. Who says nothing
 * is pinged, and closed when it does not answer: browsers answer by themselves (RFC 6455 section 5.5.3).
 */
final class WebSocketHandler extends ConnectionHandler<WebSocketFrame> {
    private static final int LINE_ENDS = 4;

    private final HeldBytes held;
    // Of a message that comes in several frames.
    private ByteArrayOutputStream begun = new ByteArrayOutputStream(0);
    private boolean whole;
    private boolean pinged;

    /** As {@link ConnectionHandler}. */
    WebSocketHandler(NettyLoop loop, Transport transport) {
        super(loop, transport, null, Proof.NOTHING, flow -> {});
        held = new HeldBytes(loop);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
        pinged = false;
        if (frame instanceof PingWebSocketFrame) {
            unheard(context.writeAndFlush(new PongWebSocketFrame(frame.content().retain())));
        } else if (frame instanceof CloseWebSocketFrame) {
            unheard(context.writeAndFlush(new CloseWebSocketFrame()).addListener(ChannelFutureListener.CLOSE));
        } else if (!(frame instanceof PongWebSocketFrame)) {
            part(context, frame);
        }
    }

    private void part(ChannelHandlerContext context, WebSocketFrame frame) {
        ByteBuf more = frame.content();
        // A message of endless empty frames would never be too long.
        boolean idle = !frame.isFinalFragment() && !more.isReadable();
        if (idle || begun.size() + more.readableBytes() > loop.limits().message()) {
            unheard(context.close());
            return;
        }
        begun.writeBytes(ByteBufUtil.getBytes(more));
        if (frame.isFinalFragment()) {
            byte[] message = begun.toByteArray();
            begun = new ByteArrayOutputStream(0);
            whole = true;
            heard(context, message);
        }
    }

    private void heard(ChannelHandlerContext context, byte[] message) {
        greeted();
        if (message.length > LINE_ENDS) {
            deliver(SipMessage.parse(message));
        } else if (message.length == LINE_ENDS) {
            // RFC 5626 section 4.4.1: some clients ping so.
            unheard(context.writeAndFlush(Unpooled.copiedBuffer("\r\n", StandardCharsets.US_ASCII)));
        }
    }

    /** All that a read brought has been heard. */
    void read(ChannelHandlerContext context, int undecoded) {
        held.changed(context, undecoded + begun.size(), whole);
        whole = false;
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        held.gone();
        super.channelInactive(context);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof IdleStateEvent && pinged) {
            unheard(context.close());
        } else if (event instanceof IdleStateEvent) {
            pinged = true;
            unheard(context.writeAndFlush(new PingWebSocketFrame()));
        }
        context.fireUserEventTriggered(event);
    }

    /** Makes a frame of each message. RFC 7118 section 5: text, unless it is none. */
    static final class Writer extends ChannelOutboundHandlerAdapter {
        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
            unheard(context.write(message instanceof ByteBuf bytes ? frame(bytes) : message, promise));
        }

        private static WebSocketFrame frame(ByteBuf bytes) {
            return ByteBufUtil.isText(bytes, StandardCharsets.UTF_8)
                    ? new TextWebSocketFrame(bytes)
                    : new BinaryWebSocketFrame(bytes);
        }
    }
}
