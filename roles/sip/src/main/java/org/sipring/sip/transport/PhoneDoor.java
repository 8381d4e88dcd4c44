package org.sipring.sip.transport;

import static org.sipring.sip.transport.Promises.unheard;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.DefaultEventExecutorGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutorGroup;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import org.sipring.api.Places;
import org.sipring.sip.tls.PhoneTls;
import org.sipring.sip.tls.Proof;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where phones begin to speak TLS. The costly part of a handshake is done on a thread of its own, and only so many are
 * under way at once: strangers who knock delay neither the calls of others nor the links between nodes. Callable from any
 * thread.
 */
final class PhoneDoor {
    private static final Logger LOG = LoggerFactory.getLogger(PhoneDoor.class);
    private static final int HANDSHAKE_MILLIS = 10_000;

    /** A handshake takes some milliseconds of work: the last of all these still ends before its deadline. */
    private static final int HANDSHAKES = 1_024;

    /** Many phones behind one NAT come back together; those that find no place try again. */
    static final int HANDSHAKES_OF_ONE_ADDRESS = 64;

    private final PhoneTls certificates;
    private final DomainDoor domains;
    private final EventExecutorGroup porter =
            new DefaultEventExecutorGroup(1, new DefaultThreadFactory("sip-phone-tls"));
    private final Places handshakes = new Places(HANDSHAKES, HANDSHAKES_OF_ONE_ADDRESS);

    PhoneDoor(PhoneTls certificates, DomainDoor domains) {
        this.certificates = certificates;
        this.domains = domains;
    }

    /**
     * Lets a phone in, or a server of another domain.
     *
     * @param channel its connection
     * @param browser whether it is a browser, which would ask a person for a certificate, and so is not asked
     * @param secured runs in the channel's thread when the handshake has succeeded; adds what hears the phone
     */
    void accepted(Channel channel, boolean browser, Consumer<Proof> secured) {
        channel.pipeline().addLast(new Knock(() -> begin(channel, browser, secured)));
    }

    /** Tells whether there is a place for one more handshake. */
    private boolean begin(Channel channel, boolean browser, Consumer<Proof> secured) {
        InetSocketAddress remote = (InetSocketAddress) channel.remoteAddress();
        Optional<Places.Place> place = handshakes.enter(remote.getAddress());
        if (place.isEmpty()) {
            return false;
        }
        SSLEngine engine = certificates.engine();
        boolean asked = !browser && domains.asks();
        if (asked) {
            engine.setWantClientAuth(true);
        }
        SslHandler tls = new SslHandler(engine, porter);
        tls.setHandshakeTimeoutMillis(HANDSHAKE_MILLIS);
        tls.handshakeFuture().addListener(done -> place.get().leave());
        channel.closeFuture().addListener(done -> place.get().leave());
        channel.pipeline().addLast(tls, new Gate(() -> judge(channel, engine, asked), secured));
        return true;
    }

    // To verify a chain takes as long as a handshake does, and is as little work of the channel's thread.
    private Future<Proof> judge(Channel channel, SSLEngine engine, boolean asked) {
        return asked
                ? porter.submit(() -> domains.judge(channel, engine.getSession()))
                : channel.eventLoop().newSucceededFuture(Proof.NOTHING);
    }

    /** Waits for the first bytes of a handshake, and not for long: whoever says nothing takes nobody's place. */
    private static final class Knock extends ChannelInboundHandlerAdapter {
        private final BooleanSupplier begins;
        private boolean heard;

        private Knock(BooleanSupplier begins) {
            this.begins = begins;
        }

        @Override
        public void handlerAdded(ChannelHandlerContext here) {
            Future<?> deadline = here.executor()
                    .schedule(
                            () -> {
                                if (!heard) {
                                    unheard(here.close());
                                }
                            },
                            HANDSHAKE_MILLIS,
                            TimeUnit.MILLISECONDS);
            here.channel().closeFuture().addListener(gone -> deadline.cancel(false));
        }

        @Override
        public void channelRead(ChannelHandlerContext here, Object bytes) {
            heard = true;
            if (begins.getAsBoolean()) {
                here.fireChannelRead(bytes);
                here.pipeline().remove(this);
            } else {
                ReferenceCountUtil.release(bytes);
                unheard(here.close());
            }
        }
    }

    /** Stands behind the handshake until it is over, and it is known who knocked. */
    private static final class Gate extends ChannelInboundHandlerAdapter {
        private final Supplier<Future<Proof>> judge;
        private final Consumer<Proof> secured;
        // What came in one packet with the end of the handshake.
        private final Queue<Object> early = new ArrayDeque<>();

        private Gate(Supplier<Future<Proof>> judge, Consumer<Proof> secured) {
            this.judge = judge;
            this.secured = secured;
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext here, Object event) {
            if (event instanceof SslHandshakeCompletionEvent done) {
                if (done.isSuccess()) {
                    here.channel().config().setAutoRead(false);
                    Future<Proof> verdict = judge.get();
                    if (verdict.isDone()) {
                        judged(here, verdict);
                    } else {
                        verdict.addListener(known -> here.executor().execute(() -> judged(here, verdict)));
                    }
                } else {
                    unheard(here.close());
                }
            }
        }

        private void judged(ChannelHandlerContext here, Future<Proof> verdict) {
            if (!verdict.isSuccess()) {
                LOG.error("who knocks could not be judged; please report this", verdict.cause());
                unheard(here.close());
            } else if (!here.isRemoved()) {
                secured.accept(verdict.getNow());
                for (Object bytes = early.poll(); bytes != null; bytes = early.poll()) {
                    here.fireChannelRead(bytes);
                }
                here.fireChannelReadComplete();
                here.pipeline().remove(this);
                here.channel().config().setAutoRead(true);
            }
        }

        @Override
        public void channelRead(ChannelHandlerContext here, Object bytes) {
            early.add(bytes);
        }

        @Override
        public void handlerRemoved(ChannelHandlerContext here) {
            early.forEach(ReferenceCountUtil::release);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext here, Throwable cause) {
            // A stranger's, mostly: strangers shall not fill the log.
            LOG.debug("TLS with a phone", cause);
            unheard(here.close());
        }
    }

    void close() {
        unheard(porter.shutdownGracefully(0, 1, TimeUnit.SECONDS));
    }
}
