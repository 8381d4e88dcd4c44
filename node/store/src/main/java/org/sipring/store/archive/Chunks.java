package org.sipring.store.archive;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals a stream in chunks with AES-256-GCM, so that what cuts, mends, swaps or repeats chunks is found out at the first of
 * them: the STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizár: "Online Authenticated-Encryption and its Nonce-Reuse
 * Misuse-Resistance", 2015). All chunks but the last are of one length, so none need be written.
 *
 * <pre>
 *  nonce: last(4, 0 or 1) number(8)
 * </pre>
 *
 * A key is for one archive only. Lives in one thread.
 */
final class Chunks {
    static final int KEY_BYTES = 32;
    static final int PLAIN = 1 << 16;
    static final int SEALED = PLAIN + 16;

    private final SecretKey key;
    private final Cipher cipher;
    private long number;

    Chunks(byte[] key) {
        this.key = new SecretKeySpec(key, "AES");
        try {
            cipher = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java has AES-GCM", impossible);
        }
    }

    byte[] seal(byte[] plain, int length, boolean last) {
        try {
            byte[] sealed = begun(Cipher.ENCRYPT_MODE, last).doFinal(plain, 0, length);
            number++;
            return sealed;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("AES-GCM seals anything", impossible);
        }
    }

    byte[] open(byte[] sealed, boolean last) throws BadArchiveException {
        // Java's cipher would throw something else.
        if (sealed.length < SEALED - PLAIN) {
            throw new BadArchiveException("the file ends too early: copy it again");
        }
        try {
            byte[] plain = begun(Cipher.DECRYPT_MODE, last).doFinal(sealed);
            number++;
            return plain;
        } catch (GeneralSecurityException changed) {
            throw new BadArchiveException(
                    last
                            ? "the file ends too early, or is damaged at its end: copy it again"
                            : "the file is damaged, or was changed: copy it again",
                    changed);
        }
    }

    private Cipher begun(int mode, boolean last) throws GeneralSecurityException {
        byte[] nonce =
                ByteBuffer.allocate(12).putInt(last ? 1 : 0).putLong(number).array();
        cipher.init(mode, key, new GCMParameterSpec(128, nonce));
        return cipher;
    }
}
