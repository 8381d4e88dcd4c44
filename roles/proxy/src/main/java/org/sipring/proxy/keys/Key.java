package org.sipring.proxy.keys;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** A shared secret. Callable from any thread. */
public final class Key {
    private static final String HMAC = "HmacSHA256";
    // Of one byte, as nothing else that is authenticated.
    private static final byte[] CIPHER_KEY = {0};

    private final int id;
    private final long born;
    private final byte[] secret;
    // A beginning costs several times as much as what follows, and each thread feeds its own.
    private final ThreadLocal<Mac> macs;
    private final SecretKey cipherKey;

    /**
     * A key.
     *
     * @param id names it, in what it sealed
     * @param born when it was made, in milliseconds since 1970
     * @param secret 32 bytes; not to be modified
     */
    public Key(int id, long born, byte[] secret) {
        this.id = id;
        this.born = born;
        this.secret = secret;
        macs = ThreadLocal.withInitial(() -> begun(secret));
        cipherKey = new SecretKeySpec(mac(CIPHER_KEY), "AES");
    }

    /**
     * Its name.
     *
     * @return as what it sealed says
     */
    public int id() {
        return id;
    }

    long born() {
        return born;
    }

    byte[] secret() {
        return secret;
    }

    /** What to encrypt with: another secret of 32 bytes, which follows from this one. */
    SecretKey cipherKey() {
        return cipherKey;
    }

    /** Authenticates bytes: 32 bytes that only who knows the secret can tell. RFC 2104. */
    byte[] mac(byte[] bytes) {
        // Which begins it anew.
        return macs.get().doFinal(bytes);
    }

    private static Mac begun(byte[] secret) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(secret, HMAC));
            return mac;
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("This Java has no " + HMAC + ": use a complete JDK", broken);
        }
    }
}
