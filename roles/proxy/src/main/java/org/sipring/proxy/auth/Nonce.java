package org.sipring.proxy.auth;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.sipring.api.NodeId;
import org.sipring.proxy.keys.Key;

/**
 * What a nonce says, sealed with a key that all nodes share:
 *
 * <pre>
 *  version(1) key(4) time ms(8) boot(8) serial(8) node mac(12)
 * </pre>
 *
 * in base64url without padding.
 *
 * @param key names the key
 * @param time when it was issued, in milliseconds since 1970 by its issuer's clock
 * @param boot which life of its issuer
 * @param serial counts the nonces of that life
 * @param issuer who issued it, and knows which counts were used
 */
record Nonce(int key, long time, long boot, long serial, NodeId issuer) {
    private static final byte VERSION = 1;
    private static final int HEAD_BYTES = 29;
    private static final int MAC_BYTES = 12;
    private static final int LONGEST = 200;

    String seal(Key sealer) {
        byte[] node = issuer.value().getBytes(StandardCharsets.US_ASCII);
        ByteBuffer out = ByteBuffer.allocate(HEAD_BYTES + node.length + MAC_BYTES)
                .put(VERSION)
                .putInt(key)
                .putLong(time)
                .putLong(boot)
                .putLong(serial)
                .put(node);
        out.put(sealer.mac(Arrays.copyOf(out.array(), out.position()), MAC_BYTES));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(out.array());
    }

    /** Reads a text without believing it; {@link #sealed} tells whether to. */
    static Optional<Nonce> read(String text) {
        byte[] bytes = bytes(text);
        if (bytes.length <= HEAD_BYTES + MAC_BYTES || bytes[0] != VERSION) {
            return Optional.empty();
        }
        ByteBuffer in = ByteBuffer.wrap(bytes, 1, HEAD_BYTES - 1);
        String node = new String(bytes, HEAD_BYTES, bytes.length - HEAD_BYTES - MAC_BYTES, StandardCharsets.US_ASCII);
        return node.matches("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
                ? Optional.of(new Nonce(in.getInt(), in.getLong(), in.getLong(), in.getLong(), new NodeId(node)))
                : Optional.empty();
    }

    private static byte[] bytes(String text) {
        try {
            return text.length() > LONGEST
                    ? new byte[0]
                    : Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException malformed) {
            return new byte[0];
        }
    }

    static boolean sealed(String text, Key sealer) {
        byte[] bytes = bytes(text);
        byte[] content = Arrays.copyOf(bytes, bytes.length - MAC_BYTES);
        byte[] mac = Arrays.copyOfRange(bytes, content.length, bytes.length);
        return MessageDigest.isEqual(mac, sealer.mac(content, MAC_BYTES));
    }
}
