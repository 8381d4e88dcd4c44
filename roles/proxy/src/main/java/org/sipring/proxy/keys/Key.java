package org.sipring.proxy.keys;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A shared secret.
 *
 * @param id names it, in what it sealed
 * @param born when it was made, in milliseconds since 1970
 * @param secret 32 bytes; not to be modified
 */
public record Key(int id, long born, byte[] secret) {
    private static final String HMAC = "HmacSHA256";

    /** Authenticates bytes: 32 bytes that only who knows the secret can tell. RFC 2104. */
    byte[] mac(byte[] bytes) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(secret, HMAC));
            return mac.doFinal(bytes);
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("This Java has no " + HMAC + ": use a complete JDK", broken);
        }
    }
}
