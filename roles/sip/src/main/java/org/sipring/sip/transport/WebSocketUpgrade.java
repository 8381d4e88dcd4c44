package org.sipring.sip.transport;

import static org.sipring.sip.transport.Promises.unheard;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker13;
import io.netty.util.concurrent.Future;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes a WebSocket connection of an HTTP one, or refuses. RFC 6455 section 4.2, RFC 7118 section 4. */
final class WebSocketUpgrade extends SimpleChannelInboundHandler<FullHttpRequest> {
    private static final Logger LOG = LoggerFactory.getLogger(WebSocketUpgrade.class);
    private static final String SUBPROTOCOL = "sip";
    private static final String VERSION = "13";
    private static final int MOST_HEAD_BYTES = 8_192;
    private static final long DEADLINE_SECONDS = 10;

    private final Origins origins;
    private final int mostBytes;
    private final Upgraded upgraded;
    private final HeadBytes head;
    private boolean done;

    /** What follows. */
    @FunctionalInterface
    interface Upgraded {
        /**
         * Frames can follow: adds what hears them.
         *
         * @return is told, in the channel's thread after each read, how many bytes of a frame are kept that is not whole
         */
        BiConsumer<ChannelHandlerContext, Integer> hear();
    }

    private WebSocketUpgrade(Origins origins, int mostBytes, Upgraded upgraded, HeadBytes head) {
        this.head = head;
        this.origins = origins;
        this.mostBytes = mostBytes;
        this.upgraded = upgraded;
    }

    /**
     * Awaits the upgrade of a connection, and not for long.
     *
     * @param channel the connection
     * @param loop where it lives
     * @param origins whose pages may connect
     * @param mostBytes the longest message taken
     * @param upgraded runs in the channel's thread when the upgrade has succeeded
     */
    static void await(Channel channel, NettyLoop loop, Origins origins, int mostBytes, Upgraded upgraded) {
        HeadBytes head = new HeadBytes(new HeldBytes(loop));
        WebSocketUpgrade upgrade = new WebSocketUpgrade(origins, mostBytes, upgraded, head);
        HttpDecoderConfig limits =
                new HttpDecoderConfig().setMaxInitialLineLength(MOST_HEAD_BYTES).setMaxHeaderSize(MOST_HEAD_BYTES);
        channel.pipeline().addLast(head, new HttpServerCodec(limits), new HttpObjectAggregator(0), upgrade);
        Future<?> deadline = channel.eventLoop()
                .schedule(
                        () -> {
                            if (!upgrade.done) {
                                unheard(channel.close());
                            }
                        },
                        DEADLINE_SECONDS,
                        TimeUnit.SECONDS);
        // Whoever comes and goes leaves nothing behind.
        channel.closeFuture().addListener(gone -> deadline.cancel(false));
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
        HttpResponseStatus refusal = refusal(request);
        if (refusal != null) {
            refuse(context, refusal);
            return;
        }
        done = true;
        context.pipeline().remove(head);
        unheard(new Handshaker(mostBytes, upgraded.hear()).handshake(context.channel(), request));
        context.pipeline().remove(this);
    }

    private @Nullable HttpResponseStatus refusal(FullHttpRequest request) {
        HttpHeaders headers = request.headers();
        if (!request.decoderResult().isSuccess() || !request.method().equals(HttpMethod.GET)) {
            return HttpResponseStatus.BAD_REQUEST;
        }
        boolean asked = lists(headers, HttpHeaderNames.CONNECTION, "upgrade")
                && lists(headers, HttpHeaderNames.UPGRADE, "websocket")
                && VERSION.equals(headers.get(HttpHeaderNames.SEC_WEBSOCKET_VERSION));
        if (!asked) {
            return HttpResponseStatus.UPGRADE_REQUIRED;
        }
        List<String> origin = headers.getAll(HttpHeaderNames.ORIGIN);
        if (origin.size() > 1 || !origin.stream().allMatch(origins::admit)) {
            return HttpResponseStatus.FORBIDDEN;
        }
        boolean sound = lists(headers, HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL, SUBPROTOCOL)
                && headers.contains(HttpHeaderNames.SEC_WEBSOCKET_KEY);
        return sound ? null : HttpResponseStatus.BAD_REQUEST;
    }

    private static boolean lists(HttpHeaders headers, CharSequence name, String token) {
        return headers.getAll(name).stream()
                .flatMap(value -> Arrays.stream(value.split(",", -1)))
                .anyMatch(value -> value.trim().equalsIgnoreCase(token));
    }

    private static void refuse(ChannelHandlerContext context, HttpResponseStatus status) {
        DefaultFullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status);
        response.headers()
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE)
                .set(HttpHeaderNames.CONTENT_LENGTH, 0);
        if (status.equals(HttpResponseStatus.UPGRADE_REQUIRED)) {
            response.headers()
                    .set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET)
                    .set(HttpHeaderNames.SEC_WEBSOCKET_VERSION, VERSION);
        }
        unheard(context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.debug("upgrade", cause);
        unheard(context.close());
    }

    /** Counts what has arrived of a head, among all that has not arrived whole. */
    private static final class HeadBytes extends ChannelInboundHandlerAdapter {
        private final HeldBytes held;
        private int bytes;

        private HeadBytes(HeldBytes held) {
            this.held = held;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof ByteBuf more) {
                bytes += more.readableBytes();
                held.changed(context, bytes, false);
            }
            context.fireChannelRead(message);
        }

        @Override
        public void handlerRemoved(ChannelHandlerContext context) {
            held.gone();
        }
    }

    /** Answers the upgrade; no extensions, so that what arrives is as long as it says. */
    private static final class Handshaker extends WebSocketServerHandshaker13 {
        private final BiConsumer<ChannelHandlerContext, Integer> read;

        private Handshaker(int mostBytes, BiConsumer<ChannelHandlerContext, Integer> read) {
            super(
                    "",
                    SUBPROTOCOL,
                    WebSocketDecoderConfig.newBuilder()
                            .maxFramePayloadLength(mostBytes)
                            .allowExtensions(false)
                            .build());
            this.read = read;
        }

        @Override
        protected WebSocketFrameDecoder newWebsocketDecoder() {
            return new Frames(decoderConfig(), read);
        }
    }

    /** Refuses a frame that is too long by what its head says. */
    private static final class Frames extends WebSocket13FrameDecoder {
        private final BiConsumer<ChannelHandlerContext, Integer> read;

        private Frames(WebSocketDecoderConfig limits, BiConsumer<ChannelHandlerContext, Integer> read) {
            super(limits);
            this.read = read;
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) throws Exception {
            super.channelReadComplete(context);
            read.accept(context, actualReadableBytes());
        }
    }
}
