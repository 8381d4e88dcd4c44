package org.sipring.sip.transport;

import static org.sipring.sip.transport.Promises.unheard;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.security.cert.CertificateException;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sipring.api.Identity;
import org.sipring.api.NodeId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stands behind the TLS handshake of a node link and lets through only nodes of this platform. */
final class NodeGate extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(NodeGate.class);
    private static final int MOST_LOGGED = 160;

    private final Identity identity;
    private final SslHandler tls;
    private final @Nullable NodeId expected;
    private final RefusedLinks refused;
    private final Consumer<NodeId> admitted;
    private volatile @Nullable ChannelHandlerContext context;
    private volatile @Nullable NodeId peer;

    /**
     * A gate.
     *
     * @param identity judges the peer
     * @param tls holds the finished session
     * @param expected who must be at the other end, or null when any node may be
     * @param refused hears who was not let through
     * @param admitted runs once, in the channel's thread, when the peer has been let through
     */
    NodeGate(
            Identity identity,
            SslHandler tls,
            @Nullable NodeId expected,
            RefusedLinks refused,
            Consumer<NodeId> admitted) {
        this.identity = identity;
        this.tls = tls;
        this.expected = expected;
        this.refused = refused;
        this.admitted = admitted;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext here, Object event) {
        if (event instanceof SslHandshakeCompletionEvent done) {
            if (done.isSuccess()) {
                judge();
            } else {
                refused.add(here.channel().remoteAddress(), brief(done.cause()));
                unheard(here.close());
            }
        }
        here.fireUserEventTriggered(event);
    }

    // Netty's message may hold what a stranger sent.
    private static String brief(Throwable cause) {
        String text = String.valueOf(cause);
        return text.length() > MOST_LOGGED ? text.substring(0, MOST_LOGGED) + "..." : text;
    }

    /** Judges the peer of an open link again. Callable from any thread. */
    void judgeAgain() {
        ChannelHandlerContext here = context;
        if (here != null) {
            here.executor().execute(() -> {
                if (peer != null) {
                    judge();
                }
            });
        }
    }

    /** Closes the link unless its peer is one of the nodes that are alive. Callable from any thread. */
    void keep(Set<NodeId> alive) {
        NodeId node = peer;
        ChannelHandlerContext here = context;
        if (node != null && here != null && !alive.contains(node)) {
            unheard(here.close());
        }
    }

    /** Judges the peer, or judges it again. A peer that fails is disconnected. */
    private void judge() {
        ChannelHandlerContext here = context;
        if (here == null || !here.channel().isActive()) {
            return;
        }
        try {
            NodeId node = identity.authenticate(tls.engine().getSession()).node();
            if (expected != null && !expected.equals(node)) {
                throw new CertificateException("node " + node + " answered in place of " + expected);
            }
            pass(node);
        } catch (CertificateException unacceptable) {
            refused.add(here.channel().remoteAddress(), String.valueOf(unacceptable.getMessage()));
            unheard(here.close());
        }
    }

    private void pass(NodeId node) {
        if (peer == null) {
            peer = node;
            admitted.accept(node);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext here, Throwable cause) {
        LOG.debug("node link", cause);
        unheard(here.close());
    }
}
