package org.sipring.store.secret;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.sipring.api.Sha256;

/** A key that all nodes of the platform share and that never leaves them but in envelopes. Never in a log: it has no text. */
final class PlatformKey {
    /** AES-256. */
    static final int BYTES = 32;

    private final byte[] bytes;
    private final SecretKey key;
    private final int id;

    PlatformKey(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("a platform key of " + bytes.length + " bytes");
        }
        this.bytes = bytes.clone();
        key = new SecretKeySpec(bytes, "AES");
        id = id(bytes);
    }

    private static int id(byte[] bytes) {
        MessageDigest sha = Sha256.begin();
        sha.update("sipring platform key".getBytes(StandardCharsets.US_ASCII));
        return ByteBuffer.wrap(sha.digest(bytes)).getInt();
    }

    /** What documents name it by; tells nothing about it. */
    int id() {
        return id;
    }

    SecretKey key() {
        return key;
    }

    byte[] bytes() {
        return bytes.clone();
    }
}
