package org.sipring.provisioning.access;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.function.LongSupplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.sipring.api.Chance;
import org.sipring.sip.digest.NonceCounts;

/**
 * One-time texts of this node, good until it ends: a client that asks another node is given one of that node's, and its
 * user notices nothing. RFC 7616 sections 3.3 and 5.4.
 *
 * <pre>
 *  time ns(8) serial(8) mac(16)
 * </pre>
 */
final class HttpNonces {
    private static final Duration LIFE = Duration.ofMinutes(5);
    private static final int REMEMBERED = 1 << 14;
    private static final int CONTENT_BYTES = 16;
    private static final int MAC_BYTES = 16;
    private static final int KEY_BYTES = 32;
    private static final String MAC = "HmacSHA256";

    private final NonceCounts counts = new NonceCounts(REMEMBERED);
    private final SecretKeySpec key;
    private final LongSupplier nanos;

    /** Nonces under a fresh key; the time is monotonic. */
    HttpNonces(Chance chance, LongSupplier nanos) {
        this.key = new SecretKeySpec(chance.bytes(KEY_BYTES), MAC);
        this.nanos = nanos;
    }

    String issue() {
        byte[] content = ByteBuffer.allocate(CONTENT_BYTES)
                .putLong(nanos.getAsLong())
                .putLong(counts.issue())
                .array();
        byte[] sealed = Arrays.copyOf(content, CONTENT_BYTES + MAC_BYTES);
        System.arraycopy(mac(content), 0, sealed, CONTENT_BYTES, MAC_BYTES);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
    }

    /** Uses a nonce: false where it is not ours, or old, or this count of it may have been used. */
    boolean use(String text, int count) {
        byte[] sealed = bytes(text);
        if (sealed.length != CONTENT_BYTES + MAC_BYTES) {
            return false;
        }
        byte[] content = Arrays.copyOf(sealed, CONTENT_BYTES);
        ByteBuffer in = ByteBuffer.wrap(content);
        boolean ours = MessageDigest.isEqual(mac(content), Arrays.copyOfRange(sealed, CONTENT_BYTES, sealed.length));
        return ours && nanos.getAsLong() - in.getLong() <= LIFE.toNanos() && counts.use(in.getLong(), count);
    }

    private static byte[] bytes(String text) {
        try {
            return Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException malformed) {
            return new byte[0];
        }
    }

    private byte[] mac(byte[] content) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(key);
            return Arrays.copyOf(mac.doFinal(content), MAC_BYTES);
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("This Java has no " + MAC + ": use a complete JDK", broken);
        }
    }
}
