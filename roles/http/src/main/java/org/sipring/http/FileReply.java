package org.sipring.http;

import static io.netty.handler.codec.http.HttpHeaderNames.CONTENT_LENGTH;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpChunkedInput;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.stream.ChunkedNioFile;
import java.io.IOException;
import java.nio.channels.FileChannel;

/** Sends files, part by part as the reader takes them. Lives on the HTTP thread. */
final class FileReply {
    private static final int PART_BYTES = 1 << 16;

    private FileReply() {}

    static ChannelFuture send(ChannelHandlerContext context, HttpReply reply, boolean head, boolean keep) {
        FileChannel file = reply.file().orElseThrow();
        ChannelFuture sent = begin(context, reply, file, head, keep);
        // Also where the connection ended before.
        sent.addListener(over -> file.close());
        return sent;
    }

    private static ChannelFuture begin(
            ChannelHandlerContext context, HttpReply reply, FileChannel file, boolean head, boolean keep) {
        try {
            long length = file.size();
            HttpResponse response =
                    new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(reply.status()));
            response.headers().set(CONTENT_LENGTH, length);
            HttpConnection.describe(response, reply);
            HttpUtil.setKeepAlive(response, keep);
            var unused = context.write(response);
            return context.writeAndFlush(
                    head
                            ? LastHttpContent.EMPTY_LAST_CONTENT
                            : new HttpChunkedInput(new ChunkedNioFile(file, 0, length, PART_BYTES)));
        } catch (IOException unreadable) {
            return context.newFailedFuture(unreadable);
        }
    }
}
