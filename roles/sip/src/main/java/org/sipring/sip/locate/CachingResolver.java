package org.sipring.sip.locate;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Remembers answers for as long as they say, also that there is nothing (RFC 2308), and asks nothing twice at a time.
 * Callable from any thread.
 */
public final class CachingResolver implements Resolver {
    private static final int FIRST_SIZE = 64;
    private static final float LOAD = 0.75f;

    private final Resolver resolver;
    private final Limits limits;
    private final LongSupplier nanos;
    // The longest unused first.
    private final Map<Question, Memory> memories = new LinkedHashMap<>(FIRST_SIZE, LOAD, true);

    /**
     * What is remembered.
     *
     * @param entries how many answers at most; the longest unused goes
     * @param longest for how long at most
     * @param longestNothing the same for what is not there, RFC 2308 section 5
     * @param failure for how long nobody is asked again after a question failed, RFC 2308 section 7
     */
    public record Limits(int entries, Duration longest, Duration longestNothing, Duration failure) {
        /** Ordinary limits: some megabytes. */
        public static final Limits DEFAULT =
                new Limits(10_000, Duration.ofHours(1), Duration.ofMinutes(5), Duration.ofSeconds(5));
    }

    /** An answer, or that it is being asked for. */
    private record Memory(CompletableFuture<Answer> answer, long asked) {
        boolean holds(Limits limits, long now) {
            return !answer.isDone() || now - asked < lasts(limits).toNanos();
        }

        private Duration lasts(Limits limits) {
            if (answer.isCompletedExceptionally()) {
                return limits.failure();
            }
            Answer known = answer.join();
            Duration most = known.records().isEmpty() ? limits.longestNothing() : limits.longest();
            return known.ttl().compareTo(most) < 0 ? known.ttl() : most;
        }
    }

    /**
     * A memory for a resolver.
     *
     * @param resolver is asked for what is not remembered
     * @param limits what is remembered
     * @param nanos the monotonic time, from any thread
     */
    public CachingResolver(Resolver resolver, Limits limits, LongSupplier nanos) {
        this.resolver = resolver;
        this.limits = limits;
        this.nanos = nanos;
    }

    @Override
    public CompletionStage<Answer> ask(Question question) {
        CompletableFuture<Answer> asking = new CompletableFuture<>();
        CompletionStage<Answer> known = knownOrBegin(question, asking);
        if (known != null) {
            return known;
        }
        ask(question, asking);
        return asking;
    }

    private void ask(Question question, CompletableFuture<Answer> asking) {
        try {
            resolver.ask(question).whenComplete((answer, failure) -> {
                if (failure == null) {
                    asking.complete(answer);
                } else {
                    if (failure instanceof TooManyQuestions) {
                        forget(question);
                    }
                    asking.completeExceptionally(failure);
                }
            });
        } catch (RuntimeException notAsked) {
            asking.completeExceptionally(notAsked);
        }
    }

    /** What was not asked is asked the next time: others' questions shall not make a name unknown. */
    private synchronized void forget(Question question) {
        memories.remove(question);
    }

    private synchronized @Nullable CompletionStage<Answer> knownOrBegin(
            Question question, CompletableFuture<Answer> asking) {
        long now = nanos.getAsLong();
        Memory memory = memories.get(question);
        if (memory != null && memory.holds(limits, now)) {
            return memory.answer();
        }
        memories.put(question, new Memory(asking, now));
        if (memories.size() > limits.entries()) {
            memories.remove(memories.keySet().iterator().next());
        }
        return null;
    }
}
