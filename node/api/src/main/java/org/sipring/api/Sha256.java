package org.sipring.api;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 (FIPS 180-4), which every Java has. Callable from any thread. */
public final class Sha256 {
    private Sha256() {}

    /**
     * Begins a digest.
     *
     * @return nothing has gone into it yet
     */
    public static MessageDigest begin() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    /**
     * The digest of bytes.
     *
     * @param bytes all of them
     * @return 64 hexadecimal digits
     */
    public static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(begin().digest(bytes));
    }
}
