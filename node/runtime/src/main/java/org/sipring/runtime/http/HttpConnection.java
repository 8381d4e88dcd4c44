package org.sipring.runtime.http;

import static io.netty.handler.codec.http.HttpHeaderNames.ALLOW;
import static io.netty.handler.codec.http.HttpHeaderNames.AUTHORIZATION;
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
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection. Lives on the HTTP thread. */
final class HttpConnection extends SimpleChannelInboundHandler<HttpObject> {
    private static final Logger LOG = LoggerFactory.getLogger(HttpConnection.class);

    private static final Set<HttpMethod> METHODS = Set.of(HttpMethod.GET, HttpMethod.POST);

    private final Map<String, HttpPage> pages;
    private final Places places;
    private final Duration cycle;
    private boolean answering;
    private @Nullable Future<?> deadline;

    HttpConnection(Map<String, HttpPage> pages, Places places, Duration cycle) {
        this.pages = pages;
        this.places = places;
        this.cycle = cycle;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        beginCycle(context);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        endCycle();
        places.leave(context.channel());
    }

    // One deadline over waiting, reading, answering and writing: a slow sender and a slow reader both end.
    private void beginCycle(ChannelHandlerContext context) {
        endCycle();
        answering = false;
        places.idle(context.channel());
        deadline = context.executor().schedule(() -> close(context), cycle.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void endCycle() {
        if (deadline != null) {
            deadline.cancel(false);
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpObject part) {
        if (part.decoderResult().isFailure()) {
            refuse(context, malformed(part.decoderResult().cause()));
        } else if (part instanceof HttpRequest request) {
            receive(context, request);
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

    private void receive(ChannelHandlerContext context, HttpRequest request) {
        boolean head = request.method().equals(HttpMethod.HEAD);
        if (answering) {
            close(context); // pipelined requests are not served
        } else if (HttpUtil.isTransferEncodingChunked(request) || HttpUtil.getContentLength(request, 0L) != 0) {
            refuse(context, HttpReply.text(413, "requests have no body here"));
        } else if (!head && !METHODS.contains(request.method())) {
            refuse(context, HttpReply.text(405, "use GET"));
        } else {
            beginAnswer(context);
            boolean keep = HttpUtil.isKeepAlive(request);
            var unused = answer(request).whenComplete((reply, failure) -> context.executor()
                    .execute(() -> send(context, failure == null ? reply : broken(failure), head, keep)));
        }
    }

    private void beginAnswer(ChannelHandlerContext context) {
        answering = true;
        places.busy(context.channel());
    }

    private CompletionStage<HttpReply> answer(HttpRequest request) {
        String uri = request.uri();
        int mark = uri.indexOf('?');
        String path = mark < 0 ? uri : uri.substring(0, mark);
        HttpPage page = pages.get(path);
        if (page == null) {
            return CompletableFuture.completedFuture(HttpReply.text(404, "there is no such page"));
        }
        try {
            String query = mark < 0 ? "" : uri.substring(mark + 1);
            return request.method().equals(HttpMethod.POST)
                    ? page.post(query, Optional.ofNullable(request.headers().get(AUTHORIZATION)))
                    : page.get(query);
        } catch (RuntimeException bug) {
            return CompletableFuture.failedFuture(bug);
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
        send(context, reply, false, false);
    }

    private void send(ChannelHandlerContext context, HttpReply reply, boolean head, boolean keep) {
        FullHttpResponse response = response(reply, head);
        HttpUtil.setKeepAlive(response, keep);
        ChannelFutureListener next = keep ? written -> beginCycle(context) : ChannelFutureListener.CLOSE;
        var unused = context.writeAndFlush(response).addListener(next);
    }

    private static FullHttpResponse response(HttpReply reply, boolean head) {
        ByteBuf body = head ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(reply.body());
        FullHttpResponse response =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(reply.status()), body);
        response.headers()
                .set(CONTENT_TYPE, reply.contentType())
                .set(CONTENT_LENGTH, reply.body().length)
                .set(CACHE_CONTROL, "no-store");
        if (reply.status() == 405) {
            response.headers().set(ALLOW, "GET, HEAD");
        }
        return response;
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
