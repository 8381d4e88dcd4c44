package org.sipring.overlay.tls;

import static com.hazelcast.internal.nio.IOUtil.compactOrClear;

import com.hazelcast.internal.networking.HandlerStatus;
import com.hazelcast.internal.networking.OutboundHandler;
import java.nio.ByteBuffer;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The last outbound handler: bytes of Hazelcast's protocol to bytes of the wire. Never runs on two threads at once, but
 * with write-through it may run on any.
 *
 * <p>Outbound buffers are in read mode between calls.
 */
final class TlsEncoder extends OutboundHandler<ByteBuffer, ByteBuffer> {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final TlsLink link;

    TlsEncoder(TlsLink link) {
        this.link = link;
        // Two records: one can be filled while the socket still takes the other.
        dst = ByteBuffer.allocate(2 * link.engine.getSession().getPacketBufferSize());
        dst.limit(0);
    }

    @Override
    public HandlerStatus onWrite() throws Exception {
        compactOrClear(dst);
        try {
            return link.failed() ? sayWhy() : encode();
        } catch (SSLException | CertificateException e) {
            link.fail(e);
            return HandlerStatus.DIRTY;
        } finally {
            dst.flip();
        }
    }

    @Override
    public void interceptError(Throwable error) throws Throwable {
        link.explain(error);
    }

    private HandlerStatus encode() throws SSLException, CertificateException {
        HandlerStatus rest = null;
        while (rest == null) {
            rest = switch (link.engine.getHandshakeStatus()) {
                case NEED_TASK -> tasks();
                case NEED_WRAP -> wrap(NOTHING);
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> link.open() ? application() : listen();
                default -> link.open() ? application() : HandlerStatus.BLOCKED;
            };
        }
        return rest;
    }

    private HandlerStatus tasks() {
        link.runTasks();
        return HandlerStatus.BLOCKED;
    }

    private HandlerStatus listen() {
        link.wakeDecoder();
        return HandlerStatus.BLOCKED;
    }

    private @Nullable HandlerStatus application() throws SSLException, CertificateException {
        ByteBuffer from = link.meeting() ? link.greeting() : src;
        if (from.hasRemaining()) {
            return wrap(from);
        }
        if (link.meeting()) {
            link.end("met");
            return HandlerStatus.DIRTY;
        }
        return HandlerStatus.CLEAN;
    }

    private @Nullable HandlerStatus wrap(ByteBuffer from) throws SSLException, CertificateException {
        SSLEngineResult result = link.engine.wrap(from, dst);
        if (result.getStatus() == SSLEngineResult.Status.BUFFER_OVERFLOW) {
            return HandlerStatus.DIRTY;
        }
        if (result.getStatus() == SSLEngineResult.Status.CLOSED) {
            link.end("the peer ended TLS");
            return HandlerStatus.DIRTY;
        }
        if (result.getHandshakeStatus() == SSLEngineResult.HandshakeStatus.FINISHED) {
            link.finished();
        }
        return null;
    }

    /** Puts the alert on the wire before the connection is closed. */
    private HandlerStatus sayWhy() {
        link.engine.closeOutbound();
        try {
            while (!link.engine.isOutboundDone()) {
                SSLEngineResult result = link.engine.wrap(NOTHING, dst);
                if (result.getStatus() == SSLEngineResult.Status.BUFFER_OVERFLOW) {
                    return HandlerStatus.DIRTY;
                }
                if (result.bytesProduced() == 0) {
                    break;
                }
            }
        } catch (SSLException e) {
            // The engine cannot say more than it has: what is in the buffer still goes out.
        }
        if (dst.position() > 0) {
            return HandlerStatus.DIRTY;
        }
        link.farewell();
        return HandlerStatus.BLOCKED;
    }
}
