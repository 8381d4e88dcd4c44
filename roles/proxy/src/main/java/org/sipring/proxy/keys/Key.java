package org.sipring.proxy.keys;

import java.security.GeneralSecurityException;
import java.util.Arrays;
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

    /**
     * Authenticates bytes. RFC 2104.
     *
     * @param content what to authenticate
     * @param length how many bytes of the result are wanted, at most 32
     * @return the message authentication code
     */
    public byte[] mac(byte[] content, int length) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(secret, HMAC));
            return Arrays.copyOf(mac.doFinal(content), length);
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("This Java has no " + HMAC + ": use a complete JDK", broken);
        }
    }
}
