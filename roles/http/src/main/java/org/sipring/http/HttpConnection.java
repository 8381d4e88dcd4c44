package org.sipring.http;

import static io.netty.handler.codec.http.HttpHeaderNames.CACHE_CONTROL;
import static io.netty.handler.codec.http.HttpHeaderNames.CONTENT_LENGTH;
import static io.netty.handler.codec.http.HttpHeaderNames.CONTENT_TYPE;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection. Lives on the HTTP thread. */
final class HttpConnection extends SimpleChannelInboundHandler<HttpObject> {
    private static final Logger LOG = LoggerFactory.getLogger(HttpConnection.class);

    /** How long a sender of too much is listened to after its answer, so that it can read that: RFC 9112 section 9.6. */
    private static final Duration LINGER = Duration.ofSeconds(1);

    private final HttpService service;
    private final Places places;
    private final HttpServer.Limits limits;
    private boolean answering;
    private @Nullable Incoming incoming;
    private @Nullable Future<?> deadline;

    HttpConnection(HttpService service, Places places, HttpServer.Limits limits) {
        this.service = service;
        this.places = places;
        this.limits = limits;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        beginCycle(context);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        endDeadline();
        places.leave(context.channel());
    }

    // One deadline over shaking hands, waiting and reading, and one over answering and writing: a slow sender ends, and
    // so does a slow reader.
    private void beginCycle(ChannelHandlerContext context) {
        answering = false;
        places.idle(context.channel());
        endWithin(context, limits.cycle());
    }

    private void beginAnswer(ChannelHandlerContext context) {
        answering = true;
        incoming = null;
        places.busy(context.channel());
        endWithin(context, limits.answer());
    }

    private void endWithin(ChannelHandlerContext context, Duration time) {
        endDeadline();
        deadline = context.executor().schedule(() -> close(context), time.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void endDeadline() {
        if (deadline != null) {
            deadline.cancel(false);
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpObject part) {
        boolean head = part instanceof io.netty.handler.codec.http.HttpRequest;
        if (answering && head) {
            close(context); // pipelined requests are not served
        } else if (!answering && part.decoderResult().isFailure()) {
            refuse(context, malformed(part.decoderResult().cause()));
        } else if (head) {
            begin(context, (io.netty.handler.codec.http.HttpRequest) part);
        } else if (incoming != null) {
            goOn(context, incoming, (HttpContent) part);
        }
    }

    private static HttpReply malformed(Throwable cause) {
        if (cause instanceof TooLongHttpLineException) {
            return HttpReply.text(414, "the request line is too long");
        }
        return cause instanceof TooLongHttpHeaderException
                ? HttpReply.text(431, "the headers are too long")
                : HttpReply.text(400, "this is not HTTP");
    }

    private void begin(ChannelHandlerContext context, io.netty.handler.codec.http.HttpRequest head) {
        HttpRequest request = Incoming.request(head, context.channel());
        Incoming now = new Incoming(request, HttpUtil.isKeepAlive(head), service.bodyBytes(request));
        if (HttpUtil.getContentLength(head, 0L) > now.most()) {
            answer(context, now.tooMuch(), false);
            return;
        }
        incoming = now;
        if (HttpUtil.is100ContinueExpected(head)) {
            send(context, HttpReply.empty(100), false, true).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
        }
    }

    private void goOn(ChannelHandlerContext context, Incoming now, HttpContent part) {
        if (!now.take(part.content())) {
            answer(context, now.tooMuch(), false);
        } else if (part instanceof LastHttpContent) {
            answer(context, now.whole(), now.keep());
        }
    }

    private void answer(ChannelHandlerContext context, HttpRequest request, boolean keep) {
        beginAnswer(context);
        boolean head = request.method().equals("HEAD");
        var unused = ask(request)
                .whenComplete((reply, failure) -> context.executor().execute(() -> {
                    HttpReply said = failure == null ? reply : broken(failure);
                    var sent = said.file().isPresent()
                            ? FileReply.send(context, said, head, keep)
                            : send(context, said, head, keep);
                    sent.addListener(written -> next(context, request.oversize(), keep));
                }));
    }

    private CompletionStage<HttpReply> ask(HttpRequest request) {
        try {
            return service.answer(request);
        } catch (RuntimeException bug) {
            return CompletableFuture.failedFuture(bug);
        }
    }

    private void next(ChannelHandlerContext context, boolean oversize, boolean keep) {
        if (keep) {
            beginCycle(context);
        } else if (oversize) {
            endWithin(context, LINGER);
        } else {
            close(context);
        }
    }

    private static HttpReply broken(Throwable failure) {
        LOG.warn("a page could not be made", failure);
        return HttpReply.text(500, "the page could not be made; the node's log says why");
    }

    // What follows a refused request is not read.
    private void refuse(ChannelHandlerContext context, HttpReply reply) {
        beginAnswer(context);
        context.channel().config().setAutoRead(false);
        send(context, reply, false, false).addListener(ChannelFutureListener.CLOSE);
    }

    private static io.netty.channel.ChannelFuture send(
            ChannelHandlerContext context, HttpReply reply, boolean head, boolean keep) {
        FullHttpResponse response = response(reply, head);
        HttpUtil.setKeepAlive(response, keep);
        return context.writeAndFlush(response);
    }

    private static FullHttpResponse response(HttpReply reply, boolean head) {
        ByteBuf body = head ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(reply.body());
        FullHttpResponse response =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(reply.status()), body);
        if (!bodiless(reply.status())) {
            response.headers().set(CONTENT_LENGTH, reply.body().length);
        }
        describe(response, reply);
        return response;
    }

    static void describe(HttpResponse response, HttpReply reply) {
        if (!reply.contentType().isEmpty()) {
            response.headers().set(CONTENT_TYPE, reply.contentType());
        }
        response.headers().set(CACHE_CONTROL, "no-store");
        reply.fields().forEach(field -> response.headers().add(field.name(), field.value()));
    }

    // RFC 9110 section 8.6.
    private static boolean bodiless(int status) {
        return status < 200 || status == 204 || status == 304;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.debug("a connection broke", cause);
        close(context);
    }

    private static void close(ChannelHandlerContext context) {
        var unused = context.close();
    }
}
