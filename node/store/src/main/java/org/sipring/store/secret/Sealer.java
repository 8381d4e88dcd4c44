package org.sipring.store.secret;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.function.Supplier;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import org.sipring.api.Chance;
import org.sipring.store.database.DamagedException;

/**
 * Seals documents with AES-256-GCM. A sealed one opens only in its own place: whoever can write to a disk cannot give a
 * user the password of another.
 *
 * <pre>
 *  version(1) key(4) nonce(12) ciphertext tag(16)
 * </pre>
 *
 * Nonces are random: a key may seal 2^32 documents (NIST SP 800-38D section 8.3). Callable from any thread.
 */
final class Sealer {
    private static final byte VERSION = 1;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int HEAD_BYTES = 1 + Integer.BYTES + NONCE_BYTES;

    // Documents are opened on the way of a message: to ask Java for a cipher takes longer than to open one with it.
    private static final ThreadLocal<Cipher> OPENERS = ThreadLocal.withInitial(Sealer::cipher);

    private final Supplier<KeyRing> keys;
    private final Chance chance;

    Sealer(Supplier<KeyRing> keys, Chance chance) {
        this.keys = keys;
        this.chance = chance;
    }

    byte[] seal(String collection, String name, byte[] document) {
        PlatformKey key = keys.get().newest();
        byte[] nonce = chance.bytes(NONCE_BYTES);
        try {
            byte[] hidden = begun(cipher(), Cipher.ENCRYPT_MODE, key, nonce, collection, name)
                    .doFinal(document);
            return ByteBuffer.allocate(HEAD_BYTES + hidden.length)
                    .put(VERSION)
                    .putInt(key.id())
                    .put(nonce)
                    .put(hidden)
                    .array();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("AES-GCM seals anything", impossible);
        }
    }

    byte[] open(String collection, String name, byte[] sealed) {
        ByteBuffer bytes = ByteBuffer.wrap(sealed);
        if (sealed.length < HEAD_BYTES || bytes.get() != VERSION) {
            throw new DamagedException(place(collection, name) + " is not sealed, though secrets are kept there");
        }
        int id = bytes.getInt();
        PlatformKey key = keys.get().find(id).orElseThrow(() -> unknown(collection, name, id));
        byte[] nonce = new byte[NONCE_BYTES];
        bytes.get(nonce);
        try {
            return begun(OPENERS.get(), Cipher.DECRYPT_MODE, key, nonce, collection, name)
                    .doFinal(sealed, HEAD_BYTES, sealed.length - HEAD_BYTES);
        } catch (GeneralSecurityException changed) {
            throw new DamagedException(place(collection, name) + " has been changed or moved since it was sealed");
        }
    }

    private static IllegalStateException unknown(String collection, String name, int id) {
        return new IllegalStateException(place(collection, name) + " is sealed under the platform key "
                + Integer.toHexString(id) + ", which this node has not: it asks the others for it");
    }

    private static Cipher begun(Cipher cipher, int mode, PlatformKey key, byte[] nonce, String collection, String name)
            throws GeneralSecurityException {
        cipher.init(mode, key.key(), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(place(collection, name).getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    // No collection's name has a slash.
    private static String place(String collection, String name) {
        return collection + '/' + name;
    }

    private static Cipher cipher() {
        try {
            return Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java has AES-GCM", impossible);
        }
    }
}
