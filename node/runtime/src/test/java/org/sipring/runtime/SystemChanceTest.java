package org.sipring.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SystemChanceTest {
    private static final int NUMBERS = 1000;

    private final SystemChance chance = new SystemChance();

    @Test
    void noNumberIsGivenTwice() {
        Set<Long> numbers = new HashSet<>();
        IntStream.range(0, NUMBERS).forEach(i -> numbers.add(chance.number()));
        assertThat(numbers).hasSize(NUMBERS);
    }

    @Test
    void threadsGetNumbersOfTheirOwn() throws InterruptedException {
        Set<Long> numbers = ConcurrentHashMap.newKeySet();
        Runnable draw = () -> IntStream.range(0, NUMBERS).forEach(i -> numbers.add(chance.number()));
        Thread one = new Thread(draw);
        Thread other = new Thread(draw);
        one.start();
        other.start();
        one.join();
        other.join();
        assertThat(numbers).hasSize(2 * NUMBERS);
    }
}
