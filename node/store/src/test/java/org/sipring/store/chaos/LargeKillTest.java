package org.sipring.store.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.sipring.store.raft.StoreProcess;

/** Replicas in processes of their own are killed while large values are written: what was acknowledged is whole on each disk. */
@Tag("acceptance")
@Timeout(240)
final class LargeKillTest {
    private static final Duration ANSWER = Duration.ofSeconds(15);
    private static final int ROUNDS = 3;
    private static final int A_ROUND = 4;

    private final Machines machines;
    private final AtomicInteger numbers = new AtomicInteger();
    private final Set<Integer> acknowledged = new ConcurrentSkipListSet<>();
    private final Semaphore more = new Semaphore(0);

    // Kept when it fails, with what the processes logged.
    LargeKillTest(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path dir) throws Exception {
        machines = new Machines(dir);
    }

    @AfterEach
    void end() {
        machines.close();
    }

    // Who is killed gives no answer; then nothing is promised.
    private void write(Machine by) {
        for (int value = 0; value < A_ROUND; value++) {
            int number = numbers.incrementAndGet();
            by.ask("large " + number, ANSWER)
                    .filter(StoreProcess.WRITTEN::equals)
                    .ifPresent(written -> {
                        acknowledged.add(number);
                        more.release();
                    });
        }
    }

    private List<Thread> writing() {
        List<Thread> threads = new ArrayList<>();
        for (Machine machine : machines.all()) {
            Thread thread = new Thread(() -> write(machine), "writer-" + machine.name());
            thread.start();
            threads.add(thread);
        }
        return threads;
    }

    @Test
    void whatWasAcknowledgedIsWholeOnEachDisk() throws Exception {
        machines.start();
        for (int round = 0; round < ROUNDS; round++) {
            more.drainPermits();
            List<Thread> threads = writing();
            // In the midst of it: as soon as the first of this round is acknowledged; the test's deadline is the limit.
            more.acquire();
            kill(round);
            for (Thread thread : threads) {
                thread.join();
            }
            machines.untilWhole();
        }
        var unused = machines.untilEqual();
        System.out.printf("MEASURED %d large values of %d acknowledged%n", acknowledged.size(), numbers.get());
        for (Machine machine : machines.all()) {
            for (int number : acknowledged) {
                assertThat(machine.ask("has " + number, ANSWER))
                        .as("%d on %s", number, machine.name())
                        .contains(StoreProcess.WRITTEN);
            }
        }
    }

    // One after the other, whoever leads, and at last all.
    private void kill(int round) throws Exception {
        if (round == ROUNDS - 1) {
            machines.kill();
            for (Machine machine : machines.all()) {
                machine.start();
            }
        } else {
            machines.all().get(round).kill();
            machines.all().get(round).start();
        }
    }
}
