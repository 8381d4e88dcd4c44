package org.sipring.dns.wire;

import java.util.Random;
import org.sipring.api.Chance;

/** The same numbers at each run. */
public final class SeededChance implements Chance {
    private final Random random;

    public SeededChance(long seed) {
        this.random = new Random(seed);
    }

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
