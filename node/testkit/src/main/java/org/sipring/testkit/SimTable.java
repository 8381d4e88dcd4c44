package org.sipring.testkit;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.sipring.api.NodeId;
import org.sipring.api.Outcome;
import org.sipring.api.Table;
import org.sipring.api.Ticker;

/**
 * A table in one process, for the tests of those who use tables: everything completes at once. Faults are by order:
 * {@link #fail} and {@link #heal}. For one thread.
 *
 * @param <V> the value's type
 */
public final class SimTable<V> implements Table<V> {
    private final Spec<V> spec;
    private final Ticker ticker;
    private final NodeId owner;
    private final Map<String, SimEntry<V>> entries = new HashMap<>();
    private Fault fault = Fault.NONE;
    private long changes;

    /** What goes wrong. */
    public enum Fault {
        /** Nothing. */
        NONE,
        /** Changes are lost, reads fail. */
        LOST,
        /** Changes are made, but nobody hears of it; reads fail. */
        UNANSWERED
    }

    /**
     * An empty table.
     *
     * @param spec its rules
     * @param ticker the owner's time
     * @param owner who stamps changes
     */
    public SimTable(Spec<V> spec, Ticker ticker, NodeId owner) {
        this.spec = spec;
        this.ticker = ticker;
        this.owner = owner;
    }

    /** Forgets everything, as when an owner dies together with its backup. */
    public void lose() {
        entries.clear();
        changes++;
    }

    @Override
    public CompletionStage<Optional<V>> get(String key) {
        return fault == Fault.NONE
                ? CompletableFuture.completedFuture(entry(key).at(ticker.now()))
                : CompletableFuture.failedFuture(new IllegalStateException("no owner answers for " + key));
    }

    @Override
    public CompletionStage<Outcome<byte[]>> update(String key, String rule, byte[] argument, String requestId) {
        return CompletableFuture.completedFuture(outcome(key, new SimRequest(requestId, rule, argument)));
    }

    private Outcome<byte[]> outcome(String key, SimRequest request) {
        if (fault == Fault.LOST) {
            return new Outcome.Unknown<>("the table was told to lose this");
        }
        SimEntry.Decision<V> decision = entry(key).decide(request, spec, ticker.now(), owner);
        entries.put(key, decision.entry());
        changes++;
        return fault == Fault.NONE ? decision.outcome() : new Outcome.Unknown<>("the table was told not to answer");
    }

    private SimEntry<V> entry(String key) {
        return entries.getOrDefault(key, SimEntry.empty());
    }

    @Override
    public boolean safe() {
        return fault == Fault.NONE;
    }

    @Override
    public Held<V> held() {
        return new All();
    }

    private final class All implements Held<V> {
        @Override
        public long mark() {
            return changes;
        }

        @Override
        public int parts() {
            return 1;
        }

        @Override
        public Map<String, V> part(int number) {
            if (fault != Fault.NONE) {
                throw new IllegalStateException("the table was told to fail");
            }
            Map<String, V> live = new HashMap<>();
            entries.forEach((key, entry) -> entry.at(ticker.now()).ifPresent(value -> live.put(key, value)));
            return live;
        }
    }

    /**
     * Makes what follows fail.
     *
     * @param how in which way
     */
    public void fail(Fault how) {
        fault = how;
    }

    /** Makes what follows succeed. */
    public void heal() {
        fault = Fault.NONE;
    }
}
