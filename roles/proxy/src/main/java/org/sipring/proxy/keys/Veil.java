package org.sipring.proxy.keys;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.sipring.api.Chance;

/**
 * Makes text of bytes that every node of the platform can read and nobody else can read or write, and that differs each
 * time. Where nobody need be kept from reading, {@link Seal} is shorter.
 *
 * <pre>
 *  version(1) key(4) iv(12) ciphertext tag(16)
 * </pre>
 *
 * in base64url without padding: AES-256-GCM under a key of its own that follows from the shared key. Callable from any
 * thread; never blocks.
 */
public final class Veil {
    private static final byte VERSION = 1;
    private static final int IV_BYTES = 12;
    private static final int HEAD_BYTES = 1 + Integer.BYTES + IV_BYTES;
    private static final int TAG_BYTES = 16;

    private final Keys keys;
    private final Seal.Purpose purpose;
    private final Chance chance;
    private final int longest;

    /**
     * A veil under the platform's keys.
     *
     * @param keys the keys
     * @param purpose no other's texts are read, whatever their key
     * @param chance makes each text differ
     * @param longest how many characters a text may have: nobody makes a node read more
     */
    public Veil(Keys keys, Seal.Purpose purpose, Chance chance, int longest) {
        this.keys = keys;
        this.purpose = purpose;
        this.chance = chance;
        this.longest = longest;
    }

    /**
     * Hides bytes under the newest key.
     *
     * @param content what to hide
     * @return the text
     */
    public String hide(byte[] content) {
        Key key = keys.newest();
        byte[] iv = chance.bytes(IV_BYTES);
        byte[] bytes = ByteBuffer.allocate(HEAD_BYTES + content.length + TAG_BYTES)
                .put(VERSION)
                .putInt(key.id())
                .put(iv)
                .put(crypt(Cipher.ENCRYPT_MODE, key, iv, content).orElseThrow())
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /**
     * Reads a text.
     *
     * @param text what somebody sent
     * @return what was hidden, or empty when no node of this platform hid it lately
     */
    public Optional<byte[]> read(String text) {
        return text.length() > longest ? Optional.empty() : decoded(text).flatMap(this::read);
    }

    private static Optional<byte[]> decoded(String text) {
        try {
            return Optional.of(Base64.getUrlDecoder().decode(text));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private Optional<byte[]> read(byte[] bytes) {
        if (bytes.length < HEAD_BYTES + TAG_BYTES || bytes[0] != VERSION) {
            return Optional.empty();
        }
        ByteBuffer in = ByteBuffer.wrap(bytes, 1, bytes.length - 1);
        int id = in.getInt();
        byte[] iv = new byte[IV_BYTES];
        in.get(iv);
        byte[] hidden = new byte[in.remaining()];
        in.get(hidden);
        return keys.find(id).flatMap(key -> crypt(Cipher.DECRYPT_MODE, key, iv, hidden));
    }

    // Empty where the tag does not fit.
    private Optional<byte[]> crypt(int mode, Key key, byte[] iv, byte[] text) {
        Cipher cipher = cipher(mode, key, iv);
        try {
            return Optional.of(cipher.doFinal(text));
        } catch (GeneralSecurityException forged) {
            return Optional.empty();
        }
    }

    private Cipher cipher(int mode, Key key, byte[] iv) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            // No seal's MAC is made of one byte: this key is nobody else's.
            SecretKeySpec own = new SecretKeySpec(key.mac(new byte[] {purpose.number()}), "AES");
            cipher.init(mode, own, new GCMParameterSpec(TAG_BYTES * Byte.SIZE, iv));
            return cipher;
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("This Java has no AES-GCM: use a complete JDK", broken);
        }
    }
}
