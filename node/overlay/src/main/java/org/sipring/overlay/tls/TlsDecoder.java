package org.sipring.overlay.tls;

import static com.hazelcast.internal.nio.IOUtil.compactOrClear;

import com.hazelcast.internal.networking.HandlerStatus;
import com.hazelcast.internal.networking.InboundHandler;
import java.nio.ByteBuffer;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The first inbound handler: bytes of the wire to bytes of Hazelcast's protocol. Runs on one IO thread at a time.
 *
 * <p>Inbound buffers are in write mode between calls. Plain text goes through a buffer of our own: the next handler's
 * buffer may hold as little as three bytes, less than one record.
 */
final class TlsDecoder extends InboundHandler<ByteBuffer, ByteBuffer> {
    private final TlsLink link;
    private final ByteBuffer plain;

    TlsDecoder(TlsLink link) {
        this.link = link;
        src = ByteBuffer.allocate(2 * link.engine.getSession().getPacketBufferSize());
        plain = ByteBuffer.allocate(link.engine.getSession().getApplicationBufferSize());
        plain.limit(0);
    }

    @Override
    public HandlerStatus onRead() throws Exception {
        if (link.failed()) {
            // Read on until the peer closes: bytes left unread would turn our alert into a reset.
            src.clear();
            return HandlerStatus.CLEAN;
        }
        src.flip();
        try {
            return decode();
        } catch (SSLException | CertificateException e) {
            link.fail(e);
            return HandlerStatus.CLEAN;
        } finally {
            compactOrClear(src);
        }
    }

    @Override
    public void interceptError(Throwable error) throws Throwable {
        link.explain(error);
    }

    private HandlerStatus decode() throws SSLException, CertificateException {
        while (deliver()) {
            plain.clear();
            SSLEngineResult result;
            try {
                result = link.engine.unwrap(src, plain);
            } finally {
                plain.flip();
            }
            HandlerStatus rest = after(result);
            if (rest != null) {
                return rest;
            }
        }
        return HandlerStatus.DIRTY;
    }

    /** Moves what fits to the next handler; true when nothing is left. */
    private boolean deliver() {
        if (link.meeting()) {
            plain.limit(0).position(0);
            return true;
        }
        int length = Math.min(plain.remaining(), dst.remaining());
        dst.put(plain.array(), plain.position(), length);
        plain.position(plain.position() + length);
        return !plain.hasRemaining();
    }

    private @Nullable HandlerStatus after(SSLEngineResult result) throws SSLException, CertificateException {
        return switch (result.getStatus()) {
            case BUFFER_UNDERFLOW -> starved();
            case BUFFER_OVERFLOW ->
                throw new SSLException("a TLS record exceeds " + plain.capacity() + " bytes of plain text");
            case CLOSED -> ended();
            default -> advance(result);
        };
    }

    /** By the peer, or by our encoder that is about to say why: to throw would close before its alert is out. */
    private HandlerStatus ended() {
        link.end("the peer ended TLS");
        return HandlerStatus.CLEAN;
    }

    private HandlerStatus starved() throws SSLException {
        if (src.limit() == src.capacity() && src.position() == 0) {
            throw new SSLException("a TLS record exceeds " + src.capacity() + " bytes");
        }
        return HandlerStatus.CLEAN;
    }

    private @Nullable HandlerStatus advance(SSLEngineResult result) throws SSLException, CertificateException {
        switch (result.getHandshakeStatus()) {
            case NEED_TASK -> {
                link.runTasks();
                return HandlerStatus.BLOCKED;
            }
            case NEED_WRAP -> {
                link.wakeEncoder();
                return result.bytesConsumed() == 0 ? HandlerStatus.BLOCKED : null;
            }
            case FINISHED -> link.finished();
            default -> {}
        }
        return null;
    }
}
