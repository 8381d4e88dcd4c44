package org.sipring.proxy.keys;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * Makes text of bytes that every node of the platform can check and nobody else can write. It is authenticated, not
 * secret:
 *
 * <pre>
 *  version(1) key(4) content mac(12)
 * </pre>
 *
 * in base64url without padding. The mac is the beginning of an HMAC over
 *
 * <pre>
 *  purpose(1) length(4) version(1) key(4) content subject
 * </pre>
 *
 * so that a text is good for one purpose and one subject only, neither of which it repeats; the length, of what stands
 * between it and the subject, keeps content and subject apart. Callable from any thread; never blocks.
 */
public final class Seal {
    private static final byte VERSION = 1;
    private static final int HEAD_BYTES = 5;
    private static final int MAC_BYTES = 12;

    private final Keys keys;
    private final Purpose purpose;
    private final int longest;

    /**
     * A seal under the platform's keys.
     *
     * @param keys the keys
     * @param purpose no other seal's texts are opened, whatever their key
     * @param longest how many characters a sealed text may have: nobody makes a node read more
     */
    public Seal(Keys keys, Purpose purpose, int longest) {
        this.keys = keys;
        this.purpose = purpose;
        this.longest = longest;
    }

    /** A sealed text that nobody has checked yet. */
    public static final class Sealed {
        private final byte[] bytes;

        private Sealed(byte[] bytes) {
            this.bytes = bytes;
        }

        /**
         * The key that it claims to be sealed with.
         *
         * @return the key's name
         */
        public int key() {
            return ByteBuffer.wrap(bytes).getInt(1);
        }

        /**
         * What it says.
         *
         * @return a copy; not to be believed before {@link Seal#genuine} says so
         */
        public byte[] content() {
            return Arrays.copyOfRange(bytes, HEAD_BYTES, bytes.length - MAC_BYTES);
        }
    }

    /**
     * Seals under the newest key.
     *
     * @param content what to seal
     * @param subject what it is about, which whoever opens it must know; empty for nothing
     * @return the text
     */
    public String seal(byte[] content, String subject) {
        Key key = keys.newest();
        int end = HEAD_BYTES + content.length;
        byte[] bytes = ByteBuffer.allocate(end + MAC_BYTES)
                .put(VERSION)
                .putInt(key.id())
                .put(content)
                .array();
        System.arraycopy(mac(key, bytes, end, subject), 0, bytes, end, MAC_BYTES);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /**
     * Reads a text and checks it.
     *
     * @param text what somebody sent
     * @param subject what it must be about
     * @return what was sealed, or empty when no node of this platform sealed it lately
     */
    public Optional<byte[]> open(String text, String subject) {
        return read(text).filter(found -> genuine(found, subject)).map(Sealed::content);
    }

    /**
     * Reads a text without believing it.
     *
     * @param text what somebody sent
     * @return what may have been sealed, or empty when it cannot have been
     */
    public Optional<Sealed> read(String text) {
        if (text.length() > longest) {
            return Optional.empty();
        }
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            boolean sound = bytes.length > HEAD_BYTES + MAC_BYTES && bytes[0] == VERSION;
            return sound ? Optional.of(new Sealed(bytes)) : Optional.empty();
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    /**
     * Checks a text that was read.
     *
     * @param sealed the text
     * @param subject what it must be about
     * @return true when it was sealed with a key that this node knows
     */
    public boolean genuine(Sealed sealed, String subject) {
        return keys.find(sealed.key())
                .filter(key -> by(key, sealed.bytes, subject))
                .isPresent();
    }

    private boolean by(Key key, byte[] bytes, String subject) {
        int end = bytes.length - MAC_BYTES;
        return MessageDigest.isEqual(mac(key, bytes, end, subject), Arrays.copyOfRange(bytes, end, bytes.length));
    }

    private byte[] mac(Key key, byte[] bytes, int end, String subject) {
        return Arrays.copyOf(purpose.mac(key, ByteBuffer.wrap(bytes, 0, end), subject), MAC_BYTES);
    }
}
