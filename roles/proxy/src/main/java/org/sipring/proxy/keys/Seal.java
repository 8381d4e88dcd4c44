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
 * in base64url without padding. Callable from any thread; never blocks.
 */
public final class Seal {
    private static final byte VERSION = 1;
    private static final int HEAD_BYTES = 5;
    private static final int MAC_BYTES = 12;

    private final Keys keys;
    private final int longest;

    /**
     * A seal under the platform's keys.
     *
     * @param keys the keys
     * @param longest how many characters a sealed text may have: nobody makes a node read more
     */
    public Seal(Keys keys, int longest) {
        this.keys = keys;
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

        private boolean by(Key key) {
            int end = bytes.length - MAC_BYTES;
            byte[] wanted = Arrays.copyOf(key.mac(bytes, end), MAC_BYTES);
            return MessageDigest.isEqual(wanted, Arrays.copyOfRange(bytes, end, bytes.length));
        }
    }

    /**
     * Seals under the newest key.
     *
     * @param content what to seal
     * @return the text
     */
    public String seal(byte[] content) {
        Key key = keys.newest();
        int end = HEAD_BYTES + content.length;
        byte[] bytes = ByteBuffer.allocate(end + MAC_BYTES)
                .put(VERSION)
                .putInt(key.id())
                .put(content)
                .array();
        System.arraycopy(key.mac(bytes, end), 0, bytes, end, MAC_BYTES);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /**
     * Reads a text and checks it.
     *
     * @param text what somebody sent
     * @return what was sealed, or empty when no node of this platform sealed it lately
     */
    public Optional<byte[]> open(String text) {
        return read(text).filter(this::genuine).map(Sealed::content);
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
     * @return true when it was sealed with a key that this node knows
     */
    public boolean genuine(Sealed sealed) {
        return keys.find(sealed.key()).filter(sealed::by).isPresent();
    }
}
