package org.sipring.testkit;

import java.util.SplittableRandom;
import org.sipring.api.Chance;

/** Chance that repeats itself: equal seeds give equal numbers, on every machine. For one thread. */
public final class SimChance implements Chance {
    private final SplittableRandom numbers;

    /**
     * Chance from a seed.
     *
     * @param seed any number
     */
    public SimChance(long seed) {
        this(new SplittableRandom(seed));
    }

    private SimChance(SplittableRandom numbers) {
        this.numbers = numbers;
    }

    /**
     * Independent chance for a part of the world, so that what one part draws does not change what another gets.
     *
     * @return chance that depends on the seed and on the number of earlier splits and draws
     */
    public SimChance split() {
        return new SimChance(numbers.split());
    }

    /**
     * Something that happens now and then.
     *
     * @param percent how often, 0 to 100
     * @return whether it happens now
     */
    public boolean percent(int percent) {
        return below(100) < percent;
    }

    @Override
    public byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        numbers.nextBytes(bytes);
        return bytes;
    }

    @Override
    public int below(int bound) {
        return numbers.nextInt(bound);
    }

    @Override
    public long number() {
        return numbers.nextLong();
    }
}
