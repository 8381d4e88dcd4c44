package org.sipring.sip.digest;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** The hash of a digest, weakest first. RFC 7616 section 6.1, RFC 8760 section 2. */
public enum DigestAlgorithm {
    /** For phones that know nothing better. */
    MD5("MD5", "MD5"),
    /** SHA-2, 256 bits. */
    SHA_256("SHA-256", "SHA-256"),
    /** SHA-2, 512 bits cut to 256. */
    SHA_512_256("SHA-512-256", "SHA-512/256");

    private final String token;
    private final String jca;

    DigestAlgorithm(String token, String jca) {
        this.token = token;
        this.jca = jca;
    }

    /**
     * Finds an algorithm.
     *
     * @param token as headers write it
     * @return empty for one that is not supported, the {@code -sess} variants included
     */
    public static Optional<DigestAlgorithm> named(String token) {
        return Arrays.stream(values())
                .filter(algorithm -> algorithm.token.equalsIgnoreCase(token))
                .findFirst();
    }

    /**
     * The name in headers.
     *
     * @return such as {@code SHA-256}
     */
    public String token() {
        return token;
    }

    /**
     * What is stored of a password. RFC 7616 section 3.4.2.
     *
     * @param user the user name
     * @param realm the realm
     * @param password the password
     * @return HA1 in lower-case hexadecimal
     */
    public String ha1(String user, String realm, String password) {
        return hash(user + ':' + realm + ':' + password);
    }

    /**
     * Tells whether a text can be a hash of this algorithm.
     *
     * @param hex a text
     * @return true for hexadecimal digits of the right number
     */
    public boolean isHash(String hex) {
        int digits = equals(MD5) ? 32 : 64;
        return hex.length() == digits && hex.chars().allMatch(c -> Character.digit(c, 16) >= 0 && c < 128);
    }

    String hash(String text) {
        return hash(text.getBytes(StandardCharsets.UTF_8));
    }

    String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(jca).digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java has no " + jca + ": use a complete JDK", e);
        }
    }
}
