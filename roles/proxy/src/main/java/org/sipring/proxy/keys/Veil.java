package org.sipring.proxy.keys;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;

/**
 * Makes text of bytes that every node of the platform can read and nobody else can read or write. Equal bytes about the
 * same subject make the same text. Where nobody need be kept from reading, {@link Seal} is shorter.
 *
 * <pre>
 *  version(1) key(4) tag(16) ciphertext
 * </pre>
 *
 * in base64url without padding, with a dot for each C. The tag authenticates the plain bytes and their subject, and is the initial counter of
 * AES-256-CTR: the construction of RFC 5297 (SIV) with HMAC-SHA-256 in the place of CMAC. Nothing random is needed, and
 * nothing breaks where something is hidden twice. Callable from any thread; never blocks.
 */
public final class Veil {
    private static final byte VERSION = 2;
    private static final int HEAD_BYTES = 1 + Integer.BYTES;
    private static final int TAG_BYTES = 16;
    // In Base64 three bytes are four letters.
    private static final int HEAD_LETTERS = 8;
    private static final int SHORTEST = (HEAD_BYTES + TAG_BYTES) / 3 * 4;

    // sipp takes the first CSeq in a message for the header, also within another header's value: one call in 60,000
    // would fail. A dot may stand in a user part just as well, RFC 3261 section 25.1.
    private static final char LETTER = 'C';
    private static final char STAND_IN = '.';

    // To ask Java for a cipher takes twenty times as long as to hide a token with it.
    private static final ThreadLocal<Cipher> CIPHERS = ThreadLocal.withInitial(Veil::cipher);

    private final Keys keys;
    private final Purpose purpose;
    private final int longest;

    /**
     * A veil under the platform's keys.
     *
     * @param keys the keys
     * @param purpose no other's texts are read, whatever their key
     * @param longest how many characters a text may have: nobody makes a node read more
     */
    public Veil(Keys keys, Purpose purpose, int longest) {
        this.keys = keys;
        this.purpose = purpose;
        this.longest = longest;
    }

    /**
     * Hides bytes under the newest key.
     *
     * @param content what to hide
     * @param subject what it is about, which whoever reads it must know; empty for nothing
     * @return the text
     */
    public String hide(byte[] content, String subject) {
        Key key = keys.newest();
        byte[] tag = tag(key, content, subject);
        byte[] bytes = ByteBuffer.allocate(HEAD_BYTES + TAG_BYTES + content.length)
                .put(VERSION)
                .putInt(key.id())
                .put(tag)
                .put(crypt(key, tag, content))
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).replace(LETTER, STAND_IN);
    }

    /**
     * Reads a text.
     *
     * @param text what somebody sent
     * @param subject what it must be about
     * @return what was hidden, or empty when no node of this platform hid it lately
     */
    public Optional<byte[]> read(String text, String subject) {
        return mayBeRead(text) ? decoded(text).flatMap(bytes -> read(bytes, subject)) : Optional.empty();
    }

    /**
     * The key of a text, without reading it.
     *
     * @param text what somebody sent
     * @return the key that it was hidden under, if it was hidden at all; empty where this node knows no such key
     */
    public Optional<Key> key(String text) {
        return mayBeRead(text) ? decoded(text.substring(0, HEAD_LETTERS)).flatMap(this::key) : Optional.empty();
    }

    private Optional<Key> key(byte[] head) {
        boolean sound = head.length >= HEAD_BYTES && head[0] == VERSION;
        return sound ? keys.find(ByteBuffer.wrap(head).getInt(1)) : Optional.empty();
    }

    // Mostly it is a user's name.
    private boolean mayBeRead(String text) {
        return text.length() >= SHORTEST && text.length() <= longest;
    }

    private static Optional<byte[]> decoded(String text) {
        try {
            return Optional.of(Base64.getUrlDecoder().decode(text.replace(STAND_IN, LETTER)));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private Optional<byte[]> read(byte[] bytes, String subject) {
        if (bytes.length < HEAD_BYTES + TAG_BYTES) {
            return Optional.empty();
        }
        byte[] tag = Arrays.copyOfRange(bytes, HEAD_BYTES, HEAD_BYTES + TAG_BYTES);
        byte[] hidden = Arrays.copyOfRange(bytes, HEAD_BYTES + TAG_BYTES, bytes.length);
        return key(bytes).flatMap(key -> genuine(key, tag, hidden, subject));
    }

    private Optional<byte[]> genuine(Key key, byte[] tag, byte[] hidden, String subject) {
        byte[] content = crypt(key, tag, hidden);
        return MessageDigest.isEqual(tag, tag(key, content, subject)) ? Optional.of(content) : Optional.empty();
    }

    private byte[] tag(Key key, byte[] content, String subject) {
        return Arrays.copyOf(purpose.mac(key, ByteBuffer.wrap(content), subject), TAG_BYTES);
    }

    // In this mode hiding and reading are one.
    private static byte[] crypt(Key key, byte[] tag, byte[] text) {
        Cipher cipher = CIPHERS.get();
        try {
            cipher.init(Cipher.ENCRYPT_MODE, key.cipherKey(), new IvParameterSpec(tag));
            return cipher.doFinal(text);
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("AES-CTR refuses a key of its own size", broken);
        }
    }

    private static Cipher cipher() {
        try {
            return Cipher.getInstance("AES/CTR/NoPadding");
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("This Java has no AES-CTR: use a complete JDK", broken);
        }
    }
}
