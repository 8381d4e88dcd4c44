package org.sipring.proxy.auth;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.sipring.api.NodeId;

/**
 * What a nonce says, under the platform's seal:
 *
 * <pre>
 *  time ms(8) boot(8) serial(8) source(8) node
 * </pre>
 *
 * @param time when it was issued, in milliseconds since 1970 by its issuer's clock
 * @param boot which life of its issuer
 * @param serial counts the nonces of that life
 * @param source whom it was given to, see {@link Suspicion#source}
 * @param issuer who issued it, and knows which counts were used
 */
record Nonce(long time, long boot, long serial, long source, NodeId issuer) {
    private static final int HEAD_BYTES = 32;

    byte[] write() {
        byte[] node = issuer.value().getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(HEAD_BYTES + node.length)
                .putLong(time)
                .putLong(boot)
                .putLong(serial)
                .putLong(source)
                .put(node)
                .array();
    }

    static Optional<Nonce> read(byte[] bytes) {
        if (bytes.length <= HEAD_BYTES) {
            return Optional.empty();
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        String node = new String(bytes, HEAD_BYTES, bytes.length - HEAD_BYTES, StandardCharsets.US_ASCII);
        return NodeId.parse(node)
                .map(issuer -> new Nonce(in.getLong(), in.getLong(), in.getLong(), in.getLong(), issuer));
    }
}
