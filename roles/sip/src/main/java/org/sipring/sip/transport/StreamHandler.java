package org.sipring.sip.transport;

import static org.sipring.sip.transport.Promises.unheard;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.timeout.IdleStateEvent;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sipring.api.NodeId;
import org.sipring.sip.Frame;
import org.sipring.sip.StreamFramer;
import org.sipring.sip.tls.Proof;

/** A connection whose bytes are a stream: cuts them into messages. */
final class StreamHandler extends ConnectionHandler<ByteBuf> {
    // RFC 5626 section 3.5.1.
    private static final byte[] PONG = {'\r', '\n'};

    private final StreamFramer framer;
    private final HeldBytes held;

    /** As {@link ConnectionHandler}. */
    StreamHandler(NettyLoop loop, Transport transport, @Nullable NodeId peer, Proof proof, Consumer<Flow> opened) {
        super(loop, transport, peer, proof, opened);
        framer = new StreamFramer(loop.limits().message());
        held = new HeldBytes(loop);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf bytes) {
        framer.feed(bytes.nioBuffer());
        boolean whole = false;
        for (Optional<Frame> next = framer.next(); next.isPresent(); next = framer.next()) {
            heard(context, next.get());
            whole = true;
        }
        held.changed(context, framer.held(), whole);
    }

    private void heard(ChannelHandlerContext context, Frame frame) {
        greeted();
        if (frame instanceof Frame.Message message) {
            deliver(message.result());
        } else if (frame instanceof Frame.Ping) {
            unheard(context.writeAndFlush(Unpooled.wrappedBuffer(PONG)));
        } else if (frame instanceof Frame.Broken broken) {
            deliver(broken.verdict());
            unheard(context.close());
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        held.gone();
        super.channelInactive(context);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof IdleStateEvent) {
            unheard(context.close());
        }
        context.fireUserEventTriggered(event);
    }
}
