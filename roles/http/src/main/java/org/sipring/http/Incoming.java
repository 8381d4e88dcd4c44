package org.sipring.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A request whose body is still coming. Lives on the HTTP thread. */
final class Incoming {
    private final HttpRequest head;
    private final boolean keep;
    private final int most;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream(0);

    Incoming(HttpRequest head, boolean keep, int most) {
        this.head = head;
        this.keep = keep;
        this.most = most;
    }

    /** The head of a request in our words. */
    static HttpRequest request(io.netty.handler.codec.http.HttpRequest head, Channel channel) {
        Map<String, String> fields = new HashMap<>();
        head.headers()
                .forEach(field -> fields.merge(
                        field.getKey().toLowerCase(Locale.ROOT), field.getValue(), (one, more) -> one + ", " + more));
        return new HttpRequest(head.method().name(), head.uri(), fields, new byte[0], false, peer(channel));
    }

    private static HttpPeer peer(Channel channel) {
        return new HttpPeer(
                ((InetSocketAddress) channel.remoteAddress()).getAddress(),
                Optional.ofNullable(channel.pipeline().get(SslHandler.class))
                        .map(tls -> tls.engine().getSession()));
    }

    int most() {
        return most;
    }

    boolean keep() {
        return keep;
    }

    /** Takes a part of the body; false when it is too much. */
    boolean take(ByteBuf part) {
        int length = part.readableBytes();
        if (length > most - body.size()) {
            return false;
        }
        byte[] bytes = new byte[length];
        part.readBytes(bytes);
        body.writeBytes(bytes);
        return true;
    }

    HttpRequest whole() {
        return head.with(body.toByteArray(), false);
    }

    HttpRequest tooMuch() {
        return head.with(new byte[0], true);
    }
}
