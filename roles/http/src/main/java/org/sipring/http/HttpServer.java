package org.sipring.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.stream.ChunkedWriteHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP/1.1 server on one thread, with TLS or without.
 *
 * <p>It bears strangers: the request line and the headers are bounded, and bodies by what the service wants of each; of
 * more than {@link Limits#connections} connections, or {@link Limits#ofOneAddress} of one address, those that ask nothing
 * make room; a connection that shows no complete request within {@link Limits#cycle}, or does not take its answer, is closed.
 */
public final class HttpServer implements AutoCloseable {
    private static final int REQUEST_LINE_BYTES = 4096;
    private static final int HEADER_BYTES = 8192;

    private final Limits limits;
    private final HttpService service;
    private final Optional<Supplier<SSLEngine>> tls;
    private @Nullable EventLoopGroup loop;

    /**
     * What a stranger may take.
     *
     * @param connections how many at a time
     * @param ofOneAddress how many of them may come from one IP address
     * @param cycle how long a connection may take for one request, shaking hands and waiting included
     * @param answer how long an answer may take to be made and taken
     */
    public record Limits(int connections, int ofOneAddress, Duration cycle, Duration answer) {
        /** For Prometheus, a load balancer and some people; longer than the usual scrape interval. */
        public static final Limits ORDINARY = new Limits(128, 32, Duration.ofSeconds(90), Duration.ofSeconds(90));
    }

    /**
     * Makes a server that does not listen yet.
     *
     * @param limits what strangers may take
     * @param service answers them
     */
    public HttpServer(Limits limits, HttpService service) {
        this(limits, service, Optional.empty());
    }

    /**
     * Makes a server with TLS that does not listen yet.
     *
     * @param limits what strangers may take
     * @param service answers them
     * @param engines makes the engine of each new connection, of the newest certificate; it says whether clients are asked
     *     for theirs. Must not block
     */
    public HttpServer(Limits limits, HttpService service, Supplier<SSLEngine> engines) {
        this(limits, service, Optional.of(engines));
    }

    private HttpServer(Limits limits, HttpService service, Optional<Supplier<SSLEngine>> tls) {
        this.limits = limits;
        this.service = service;
        this.tls = tls;
    }

    /**
     * Listens.
     *
     * @param address where; port 0 takes a free one
     * @param setting which setting names the port, for people to mend it
     * @return the address with the real port
     * @throws IOException when the address cannot be bound; says what to do
     */
    public synchronized InetSocketAddress start(InetSocketAddress address, String setting) throws IOException {
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(
                1, new DefaultThreadFactory(tls.isPresent() ? "https" : "http", true), NioIoHandler.newFactory());
        loop = group;
        ChannelFuture bound = new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childHandler(new Connections())
                .bind(address)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException(
                    "cannot listen on " + address.getHostString() + ":" + address.getPort()
                            + " for HTTP (" + bound.cause().getMessage()
                            + "): does this node run already? Stop the program that uses the port, or choose another"
                            + " with " + setting + "; an address that is not this host's is mended with node.address",
                    bound.cause());
        }
        return (InetSocketAddress) bound.channel().localAddress();
    }

    /** Closes the port and all connections. Also after a failed start. */
    @Override
    public synchronized void close() {
        if (loop != null) {
            // A loop that ends closes its connections first: what it was handed before must be written.
            loop.next().submit(() -> {}).awaitUninterruptibly(1, TimeUnit.SECONDS);
            loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
            loop = null;
        }
    }

    /** Furnishes each new connection, as long as there is a place for it. */
    private final class Connections extends ChannelInitializer<Channel> {
        private final Places places = new Places(limits.connections(), limits.ofOneAddress());

        @Override
        protected void initChannel(Channel channel) {
            if (!places.take(channel)) {
                var unused = channel.close();
                return;
            }
            tls.ifPresent(engines -> channel.pipeline().addLast(handler(engines.get())));
            HttpDecoderConfig bounds = new HttpDecoderConfig()
                    .setMaxInitialLineLength(REQUEST_LINE_BYTES)
                    .setMaxHeaderSize(HEADER_BYTES);
            channel.pipeline()
                    .addLast(
                            new HttpServerCodec(bounds),
                            new ChunkedWriteHandler(),
                            new HttpConnection(service, places, limits));
        }

        private static SslHandler handler(SSLEngine engine) {
            engine.setUseClientMode(false);
            return new SslHandler(engine);
        }
    }
}
