package org.sipring.proxy.keys;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** What a text under the platform's keys is for. Each number is used once and for ever. */
public enum Purpose {
    /** A digest nonce. */
    NONCE(1),
    /** A Record-Route token that leads to a phone. */
    EDGE(2),
    /** A temporary GRUU. */
    GRUU(3),
    /** A Record-Route token that leads to another domain. */
    FOREIGN(4);

    private final byte number;

    Purpose(int number) {
        this.number = (byte) number;
    }

    /** Authenticates bytes and what they are about, for this purpose only. */
    byte[] mac(Key key, ByteBuffer bytes, String subject) {
        byte[] about = subject.getBytes(StandardCharsets.UTF_8);
        return key.mac(ByteBuffer.allocate(1 + Integer.BYTES + bytes.remaining() + about.length)
                .put(number)
                .putInt(bytes.remaining())
                .put(bytes.duplicate())
                .put(about)
                .array());
    }
}
