package org.sipring.store.chaos;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.sipring.store.command.Answer;
import org.sipring.store.raft.Outsider;

/** Threads that write, one change after the other each, until they are stopped. */
final class Writers implements AutoCloseable {
    private static final int OUTSIDERS = 3;
    private static final int WRITERS_EACH = 3;
    private static final Duration PAUSE = Duration.ofMillis(2);
    // Beyond the store's own patience.
    private static final Duration ANSWER = Duration.ofSeconds(20);

    private final Machines machines;
    private final Ledger ledger;
    private final Pulse pulse;
    private final List<Outsider> outsiders = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final CountDownLatch end = new CountDownLatch(1);

    Writers(Machines machines, Ledger ledger, Pulse pulse) {
        this.machines = machines;
        this.ledger = ledger;
        this.pulse = pulse;
    }

    /** Some write documents of their own, and of each outsider's writers one counts. */
    void start() throws Exception {
        for (int number = 1; number <= OUTSIDERS; number++) {
            Outsider outsider = machines.outsider("w" + number, number);
            outsiders.add(outsider);
            for (int writer = 1; writer < WRITERS_EACH; writer++) {
                begin("w" + number + "-" + writer, new OwnKeys("w" + number + "-" + writer, outsider));
            }
            begin("w" + number + "-counter", new Counting(number, outsider));
        }
    }

    private void begin(String name, Step step) {
        Thread thread = new Thread(() -> run(name, step), name);
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    /** One change. */
    @FunctionalInterface
    private interface Step {
        void take() throws ExecutionException, InterruptedException, TimeoutException;
    }

    private void run(String name, Step step) {
        try {
            do {
                step.take();
            } while (!end.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException | TimeoutException | RuntimeException failure) {
            ledger.broken(name + " ended: " + failure);
        } catch (InterruptedException told) {
            Thread.currentThread().interrupt();
        }
    }

    /** What came of a change; empty where the store says that it does not know. */
    private Optional<Answer> put(Outsider outsider, String key, String value, long expected)
            throws ExecutionException, InterruptedException, TimeoutException {
        long begun = System.nanoTime();
        try {
            Answer answer =
                    outsider.put(key, value, expected).toCompletableFuture().get(ANSWER.toSeconds(), TimeUnit.SECONDS);
            if (answer.applied()) {
                pulse.beat(begun);
            }
            return Optional.of(answer);
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof TimeoutException) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    /** Each document under a key of its own: where it is refused, it has been applied before. */
    private final class OwnKeys implements Step {
        private final String name;
        private final Outsider outsider;
        private long number;

        OwnKeys(String name, Outsider outsider) {
            this.name = name;
            this.outsider = outsider;
        }

        @Override
        public void take() throws ExecutionException, InterruptedException, TimeoutException {
            String key = name + '-' + ++number;
            Optional<Answer> answer = put(outsider, key, key, 0);
            if (answer.isEmpty()) {
                ledger.unknown(key);
            } else if (answer.get().applied()) {
                ledger.written(key, answer.get().revision());
            } else {
                ledger.broken(key + " was applied twice");
            }
        }
    }

    /** Raises one document that all raise, where nobody else has since it was read. */
    private final class Counting implements Step {
        private final Outsider outsider;
        private int asked;
        private Optional<Machines.Seen> known = Optional.empty();

        Counting(int first, Outsider outsider) {
            asked = first;
            this.outsider = outsider;
        }

        @Override
        public void take() throws ExecutionException, InterruptedException, TimeoutException {
            if (known.isEmpty()) {
                known = read();
                return;
            }
            Machines.Seen seen = known.get();
            long next = seen.value() + 1;
            Optional<Answer> answer = put(outsider, Ledger.COUNTER, String.valueOf(next), seen.revision());
            known = answer.filter(Answer::applied).map(written -> new Machines.Seen(written.revision(), next));
            if (answer.isEmpty()) {
                ledger.countUnknown();
            } else if (known.isPresent()) {
                ledger.counted(next);
            }
        }

        // Each time of another machine; the one that hangs is left after a while.
        private Optional<Machines.Seen> read() {
            long least = ledger.highest();
            Machine machine = machines.all().get(asked++ % machines.all().size());
            Optional<Machines.Seen> seen = Machines.read(machine, Ledger.COUNTER);
            seen.filter(old -> old.value() < least)
                    .ifPresent(old -> ledger.broken(machine.name() + " caught up and read " + old.value() + " where "
                            + least + " had been acknowledged"));
            return seen;
        }
    }

    /** Returns when each has heard what came of its last change. */
    void stop() throws InterruptedException {
        end.countDown();
        for (Thread thread : threads) {
            thread.join(2 * ANSWER.toMillis());
            if (thread.isAlive()) {
                throw new IllegalStateException(thread.getName() + " does not end");
            }
        }
    }

    @Override
    public void close() throws IOException {
        end.countDown();
        threads.forEach(Thread::interrupt);
        for (Outsider outsider : outsiders) {
            outsider.close();
        }
    }
}
