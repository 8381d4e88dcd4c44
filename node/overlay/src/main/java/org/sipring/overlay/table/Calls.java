package org.sipring.overlay.table;

import com.hazelcast.internal.util.executor.HazelcastManagedThread;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sipring.api.Ticker;

/**
 * The calls to owners that have no answer yet: so many at most, each for so long at most. Callable from any thread.
 * Hazelcast's own time limit begins anew at each of its retries, and it has none on their number that would suit us.
 */
final class Calls {
    /** How long a caller waits for the owner. */
    static final Duration LIMIT = Duration.ofSeconds(4);

    /** How many calls may be without an answer at a node; a hung member holds {@link #LIMIT} times their rate. */
    static final int MAX_OUTSTANDING = 10_000;

    private static final String STOPPED = "this node is not a member, or no longer";
    private static final Duration SWEEP = Duration.ofMillis(250);

    private final Set<Call<?>> outstanding = ConcurrentHashMap.newKeySet();
    private final AtomicInteger count = new AtomicInteger();
    private final Ticker room;
    private volatile boolean stopped = true;

    Calls(Ticker room) {
        this.room = room;
    }

    void start() {
        stopped = false;
        room.execute(this::sweepLater);
    }

    void stop() {
        stopped = true;
        outstanding.forEach(call -> call.fail(new RejectedExecutionException(STOPPED)));
    }

    int outstanding() {
        return count.get();
    }

    /**
     * Makes a call.
     *
     * @param ask sends it
     * @return the answer, or the failure: of the call, of time, or of too many calls
     */
    <T extends @Nullable Object> CompletableFuture<T> make(Supplier<CompletionStage<T>> ask) {
        if (stopped) {
            return CompletableFuture.failedFuture(new RejectedExecutionException(STOPPED));
        }
        if (count.incrementAndGet() > MAX_OUTSTANDING) {
            count.decrementAndGet();
            return CompletableFuture.failedFuture(
                    new RejectedExecutionException(MAX_OUTSTANDING + " calls wait for their owners already"));
        }
        Call<T> call = new Call<>(new CompletableFuture<>(), room.nanos() + LIMIT.toNanos());
        CompletableFuture<T> answer = call.answer().whenComplete((value, failure) -> done(call));
        outstanding.add(call);
        if (stopped) {
            call.fail(new RejectedExecutionException(STOPPED));
        } else {
            ask(call, ask);
        }
        return answer;
    }

    // A call may be made because another was answered, in a thread of Hazelcast's, and those may not call.
    private <T extends @Nullable Object> void ask(Call<T> call, Supplier<CompletionStage<T>> ask) {
        if (Thread.currentThread() instanceof HazelcastManagedThread) {
            room.execute(() -> send(call, ask));
        } else {
            send(call, ask);
        }
    }

    // An answer is told in the thread that noticed it: a change of thread would cost a third of the whole call. Bad
    // news is rare, and may come from threads that everything else waits for. Hazelcast's own executor, which its
    // futures use where none is named, is a new thread for each completion on machines with two processors.
    private <T extends @Nullable Object> void send(Call<T> call, Supplier<CompletionStage<T>> ask) {
        try {
            ask.get()
                    .whenCompleteAsync(
                            (value, failure) -> {
                                if (failure == null) {
                                    call.complete(value, null);
                                } else {
                                    room.execute(() -> call.complete(value, failure));
                                }
                            },
                            Runnable::run);
        } catch (RuntimeException notSent) {
            call.fail(notSent);
        }
    }

    private void done(Call<?> call) {
        outstanding.remove(call);
        count.decrementAndGet();
    }

    private void sweepLater() {
        room.after(SWEEP, this::sweep);
    }

    private void sweep() {
        long now = room.nanos();
        outstanding.stream()
                .filter(call -> now - call.deadline() >= 0)
                .forEach(call -> call.fail(new TimeoutException("no answer from the owner within " + LIMIT)));
        if (!stopped) {
            sweepLater();
        }
    }

    private record Call<T extends @Nullable Object>(CompletableFuture<T> answer, long deadline) {
        void complete(T value, @Nullable Throwable failure) {
            if (failure == null) {
                answer.complete(value);
            } else {
                answer.completeExceptionally(failure);
            }
        }

        void fail(Exception failure) {
            answer.completeExceptionally(failure);
        }
    }
}
