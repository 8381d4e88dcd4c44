package org.sipring.runtime;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import org.sipring.api.Chance;

/** Randomness from the operating system's cryptographic generator. */
public final class SystemChance implements Chance {
    // To ask for eight octets costs as much as to ask for hundreds, and each thread waits for the others. What a
    // thread has been given is nobody else's, and overwritten when it is used.
    private static final int BLOCK_BYTES = 512;

    private final SecureRandom random = new SecureRandom();
    private final ThreadLocal<ByteBuffer> blocks =
            ThreadLocal.withInitial(() -> ByteBuffer.allocate(BLOCK_BYTES).flip());

    @Override
    public byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    @Override
    public int below(int bound) {
        return random.nextInt(bound);
    }

    @Override
    public long number() {
        ByteBuffer block = blocks.get();
        if (!block.hasRemaining()) {
            block.clear();
            block.put(bytes(BLOCK_BYTES)).flip();
        }
        int at = block.position();
        long number = block.getLong();
        block.putLong(at, 0);
        return number;
    }
}
