package org.sipring.overlay.tls;

import com.hazelcast.internal.networking.Channel;
import com.hazelcast.internal.server.ServerConnection;
import java.io.IOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.security.cert.CertificateException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.sipring.api.Identity;

/**
 * One connection's TLS, shared by its decoder and its encoder. They run on different threads: the engine permits one
 * {@code wrap} beside one {@code unwrap}, everything here may be called from any thread.
 *
 * <p>A link is not open before the peer has been judged; until then no byte passes in either direction. A failed link
 * sends its alert, waits a little for the peer to take it, and closes.
 */
final class TlsLink {
    final SSLEngine engine;
    private final TlsGate gate;
    private final Channel channel;
    private final AtomicBoolean atWork = new AtomicBoolean();
    private final AtomicBoolean leaving = new AtomicBoolean();
    private volatile Identity.@Nullable Holder peer;
    private volatile @Nullable ByteBuffer greeting;
    private volatile @Nullable IOException failure;

    TlsLink(TlsGate gate, Channel channel, SSLEngine engine) {
        this.gate = gate;
        this.channel = channel;
        this.engine = engine;
    }

    /** Tells whether the peer has been judged and let in. */
    boolean open() {
        return peer != null;
    }

    Identity.@Nullable Holder peer() {
        return peer;
    }

    /** Tells whether the peer only wants to know who is there: it never speaks to Hazelcast. */
    boolean meeting() {
        return greeting != null;
    }

    ByteBuffer greeting() {
        ByteBuffer text = greeting;
        return text == null ? ByteBuffer.allocate(0) : text;
    }

    boolean failed() {
        return failure != null;
    }

    /** Runs certificate checks and key agreements away from the IO threads, then goes on with both directions. */
    void runTasks() {
        if (!atWork.compareAndSet(false, true)) {
            return;
        }
        gate.chores().execute(() -> {
            for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
                task.run();
            }
            atWork.set(false);
            wakeDecoder();
            wakeEncoder();
        });
    }

    void wakeEncoder() {
        channel.outboundPipeline().wakeup();
    }

    void wakeDecoder() {
        channel.inboundPipeline().wakeup();
    }

    /** Judges the peer once the engine is done; a resumed session has not been through the trust manager. */
    synchronized void finished() throws SSLException, CertificateException {
        if (open()) {
            return;
        }
        Identity.Holder who = gate.judge(engine.getSession());
        String protocol = engine.getApplicationProtocol();
        if (protocol == null || protocol.isEmpty()) {
            throw new SSLException("the peer named no protocol (ALPN): it is not a Sipring node");
        }
        if (protocol.equals(TlsProtocols.MEET)) {
            greeting = ByteBuffer.wrap(gate.greeting());
        }
        peer = who;
        gate.opened(this, channel);
        wakeEncoder();
        wakeDecoder();
    }

    /** Ends the link for a fault of the peer's, or of ours in the peer's eyes; says so in the log. */
    void fail(Exception cause) {
        if (begin(cause.getMessage() == null ? cause.toString() : cause.getMessage(), cause)) {
            gate.refused(channel, peer, cause);
        }
    }

    /** Ends the link in good order. */
    void end(String reason) {
        begin(reason, null);
    }

    /** The first end counts; only a fault goes before an end in good order, which may be no more than its echo. */
    private synchronized boolean begin(String reason, @Nullable Exception cause) {
        IOException first = failure;
        if (first != null && (first.getCause() != null || cause == null)) {
            return false;
        }
        failure = new IOException(reason, cause);
        wakeEncoder();
        wakeDecoder();
        return true;
    }

    /** The alert is on its way: the peer has a moment to take it and close. */
    // Without shutdownOutput: Hazelcast flushes a channel also when it has nothing to write, and that would then fail.
    void farewell() {
        if (!leaving.compareAndSet(false, true)) {
            return;
        }
        try {
            // Hazelcast's sockets do not linger: their close is a reset.
            channel.socket().setSoLinger(false, 0);
        } catch (SocketException closed) {
            close();
            return;
        }
        gate.chores().after(gate.limits().farewell(), this::close);
    }

    /** Closes at once. */
    void close() {
        IOException why = failure;
        String reason = why == null ? "closed" : String.valueOf(why.getMessage());
        ServerConnection connection = (ServerConnection) channel.attributeMap().get(ServerConnection.class);
        // Without a cause: Hazelcast would log it with a stack trace, for a matter that is settled.
        if (connection != null) {
            connection.close(reason, null);
        }
    }

    /** Replaces a pipeline's error by the reason that led to it. */
    void explain(Throwable error) throws IOException {
        IOException why = failure;
        if (why != null && error != why) {
            close();
            throw why;
        }
    }
}
