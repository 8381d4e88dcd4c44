package org.sipring.api;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Replicated soft state with expiry: what was acknowledged survives any single crash while {@link #safe}.
 *
 * <p>One node owns a key at a time (one per side of a partition) and is its only writer. A change is a registered,
 * pure {@link Rule}, run at the owner. Callable from any thread; completions run on a thread of the table's own, which
 * everybody's changes wait for and nobody may block, or at once: a caller that has a room of its own goes back there by
 * {@link Ticker#execute}.
 *
 * @param <V> the value's type; immutable
 */
public interface Table<V> {
    /**
     * Reads a value, from the owner where this node is not the owner.
     *
     * @param key the key
     * @return the value, or empty when there is none or it has expired; fails with an exception when no owner answers
     */
    CompletionStage<Optional<V>> get(String key);

    /**
     * Changes a value at its owner.
     *
     * @param key the key
     * @param rule the name of a rule in this table's {@link Spec}
     * @param argument what the rule's own codec reads
     * @param requestId names this change; the same id again returns the first answer without applying it twice
     * @return the rule's answer, or {@link Outcome.Unknown}; never completes exceptionally
     */
    CompletionStage<Outcome<byte[]>> update(String key, String rule, byte[] argument, String requestId);

    /**
     * Tells whether all backups are in step.
     *
     * @return true when any single crash loses nothing that was acknowledged
     */
    boolean safe();

    /**
     * What this node itself holds, as owner or as backup: for who writes it down.
     *
     * @return a look at it; always the newest
     */
    Held<V> held();

    /**
     * What one node holds of a table. Callable from any thread.
     *
     * @param <V> the value's type
     */
    interface Held<V> {
        /**
         * Tells whether it pays to look again.
         *
         * @return as long as it is the same, nothing has changed but by expiry
         * @throws IllegalStateException when this node is not on the platform
         */
        long mark();

        /**
         * Into how many parts it is divided, so that nobody needs memory for all of it at once.
         *
         * @return the number; the same on all nodes
         */
        int parts();

        /**
         * Reads a part. Blocks for as long as its owner's thread is busy: not for a thread that others wait for.
         *
         * @param number from 0
         * @return the values that have not expired, by key
         * @throws IllegalStateException when this node is not on the platform, or its thread is silent
         */
        Map<String, V> part(int number);
    }

    /**
     * Everything about a table that its owner must know. Equal on all nodes of one release.
     *
     * @param name the table's name
     * @param codec the value's format
     * @param rules the changes, by name; a changed meaning gets a new name ({@code register-2})
     * @param merge unites the two sides of a healed partition
     * @param <V> the value's type
     */
    record Spec<V>(String name, Codec<V> codec, Map<String, Rule<V>> rules, Merge<V> merge) {
        /** Copies the rules. */
        public Spec {
            rules = Map.copyOf(rules);
        }
    }

    /**
     * A pure change of one value. Runs on the owner's thread; must not block.
     *
     * @param <V> the value's type
     */
    @FunctionalInterface
    interface Rule<V> {
        /**
         * Decides.
         *
         * @param current the value, or null when there is none
         * @param argument the caller's argument
         * @param moment the owner's time, and the stamp for what changes
         * @return the value to keep and the answer to give
         */
        Change<V> apply(@Nullable V current, byte[] argument, Moment moment);
    }

    /**
     * When a rule runs.
     *
     * @param now the owner's time of day
     * @param stamp greater than every stamp given for this key before
     */
    record Moment(Instant now, Stamp stamp) {}

    /**
     * What a rule decided.
     *
     * @param value the value to keep, or null to keep none
     * @param expires when the value may be forgotten; ignored without a value
     * @param answer for the caller
     * @param <V> the value's type
     */
    record Change<V>(@Nullable V value, Instant expires, byte[] answer) {}

    /**
     * Unites two values of one key: commutative, associative and idempotent.
     *
     * @param <V> the value's type
     */
    @FunctionalInterface
    interface Merge<V> {
        /**
         * Unites.
         *
         * @param one a value
         * @param other another value
         * @return the union
         */
        V merge(V one, V other);
    }
}
