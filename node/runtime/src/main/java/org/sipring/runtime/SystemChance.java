package org.sipring.runtime;

import java.security.SecureRandom;
import org.sipring.api.Chance;

/** Randomness from the operating system's cryptographic generator. */
public final class SystemChance implements Chance {
    private final SecureRandom random = new SecureRandom();

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
        return random.nextLong();
    }
}
