package org.sipring.sip.transport;

import static org.sipring.sip.transport.Promises.unheard;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.concurrent.DefaultEventExecutorGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutorGroup;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSession;
import org.sipring.sip.tls.DomainTls;
import org.sipring.sip.tls.Proof;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where TLS with other domains begins, RFC 5922: this node connects, and only who proves to be the domain that was asked
 * for is spoken to. Handshakes are done on a thread of their own. Callable from any thread.
 */
final class DomainDoor {
    private static final Logger LOG = LoggerFactory.getLogger(DomainDoor.class);
    private static final int HANDSHAKE_MILLIS = 5_000;

    private final Optional<DomainTls> domains;
    private final EventExecutorGroup porter =
            new DefaultEventExecutorGroup(1, new DefaultThreadFactory("sip-domain-tls"));
    private final RefusedLinks refused = new RefusedLinks("TLS", LOG::warn, this::later);

    DomainDoor(Optional<DomainTls> domains) {
        this.domains = domains;
    }

    private void later(Duration delay, Runnable task) {
        unheard(porter.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS));
    }

    /** What becomes of a handshake. Called once, in the channel's thread, and not where the connection broke. */
    interface Outcome {
        void proved(Proof proof);

        void refused(CertificateException why);
    }

    /** Whether peers that connect are asked who they are. */
    boolean asks() {
        return domains.filter(DomainTls::asks).isPresent();
    }

    /** Furnishes a connection that this node opens to a server of a domain, or to an address as numbers. */
    void opened(Channel channel, String domain, Outcome outcome) {
        if (domains.isEmpty()) {
            unheard(channel.close());
            return;
        }
        try {
            SslHandler tls = new SslHandler(domains.get().engine(domain), porter);
            tls.setHandshakeTimeoutMillis(HANDSHAKE_MILLIS);
            channel.pipeline().addLast(tls, new Gate(tls, domain, outcome));
        } catch (GeneralSecurityException cannot) {
            LOG.error("TLS with {} is not possible here", domain, cannot);
            unheard(channel.close());
        }
    }

    /** Who connected. A certificate that proves nothing leaves its holder a stranger; the log says why. */
    Proof judge(Channel channel, SSLSession session) {
        try {
            return domains.isPresent() ? domains.get().peer(session) : Proof.NOTHING;
        } catch (CertificateException wrong) {
            refused.add(channel.remoteAddress(), "its certificate proves nothing: " + said(wrong));
            return Proof.NOTHING;
        }
    }

    private String said(Throwable cause) {
        String why = String.valueOf(cause.getMessage());
        return why + " (CAs: "
                + domains.map(DomainTls::trust).map(Object::toString).orElse("none") + ')';
    }

    void close() {
        unheard(porter.shutdownGracefully(0, 1, TimeUnit.SECONDS));
    }

    /** Stands behind the handshake until it is over. */
    private final class Gate extends ChannelInboundHandlerAdapter {
        private final SslHandler tls;
        private final String domain;
        private final Outcome outcome;

        private Gate(SslHandler tls, String domain, Outcome outcome) {
            this.tls = tls;
            this.domain = domain;
            this.outcome = outcome;
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext here, Object event) {
            if (event instanceof SslHandshakeCompletionEvent done) {
                if (done.isSuccess()) {
                    judge(here);
                } else {
                    failed(here, done.cause());
                }
            }
        }

        private void judge(ChannelHandlerContext here) {
            try {
                Proof proof = domains.orElseThrow().server(tls.engine().getSession(), domain);
                outcome.proved(proof);
                here.pipeline().remove(this);
            } catch (CertificateException another) {
                refuse(here, another, String.valueOf(another.getMessage()));
            }
        }

        // The certificate's fault, or only a connection that broke.
        private void failed(ChannelHandlerContext here, Throwable cause) {
            for (Throwable why = cause; why != null; why = why.getCause()) {
                if (why instanceof CertificateException wrong) {
                    refuse(here, wrong, said(wrong));
                    return;
                }
            }
            refused.add(here.channel().remoteAddress(), "no handshake for " + domain + ": " + cause.getMessage());
            unheard(here.close());
        }

        private void refuse(ChannelHandlerContext here, CertificateException why, String text) {
            refused.add(domain + " at " + here.channel().remoteAddress(), text);
            outcome.refused(why);
            unheard(here.close());
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext here, Throwable cause) {
            LOG.debug("TLS with {}", domain, cause);
            unheard(here.close());
        }
    }
}
