package org.sipring.testkit;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sipring.api.NodeId;
import org.sipring.api.Outcome;
import org.sipring.api.Stamp;
import org.sipring.api.Table;

/**
 * What a table keeps under one key.
 *
 * @param value the value, or null when the last change left none
 * @param expires when the value may be forgotten
 * @param lastTime the time of the greatest stamp given for this key
 * @param answers the newest answers by request id, oldest first
 * @param <V> the value's type
 */
record SimEntry<V>(@Nullable V value, Instant expires, long lastTime, Map<String, byte[]> answers) {
    private static final int REMEMBERED_ANSWERS = 32;

    static <V> SimEntry<V> empty() {
        return new SimEntry<>(null, Instant.MAX, 0, Map.of());
    }

    Optional<V> at(Instant now) {
        return now.isBefore(expires) ? Optional.ofNullable(value) : Optional.empty();
    }

    Optional<byte[]> answerTo(String requestId) {
        return Optional.ofNullable(answers.get(requestId));
    }

    /**
     * What an owner does with a request.
     *
     * @param entry what is kept from now on
     * @param outcome for the caller
     */
    record Decision<V>(SimEntry<V> entry, Outcome<byte[]> outcome) {}

    /** Decides a request at the owner. A repeated one changes nothing, nor does a rule that fails. */
    Decision<V> decide(SimRequest request, Table.Spec<V> spec, Instant now, NodeId owner) {
        try {
            SimEntry<V> next = after(request, spec, now, owner);
            return new Decision<>(
                    next, new Outcome.Applied<>(next.answerTo(request.id()).orElseThrow()));
        } catch (RuntimeException failure) {
            return new Decision<>(this, new Outcome.Unknown<>("the rule failed at the owner: " + failure));
        }
    }

    private SimEntry<V> after(SimRequest request, Table.Spec<V> spec, Instant now, NodeId owner) {
        if (answers.containsKey(request.id())) {
            return this;
        }
        Stamp stamp = Stamp.next(now.toEpochMilli(), lastTime, owner);
        Table.Change<V> change = rule(spec, request.rule())
                .apply(at(now).orElse(null), request.argument(), new Table.Moment(now, stamp));
        return new SimEntry<>(copy(spec, change.value()), change.expires(), stamp.time(), with(request, change));
    }

    /** The entry after a partition has healed. */
    SimEntry<V> merge(SimEntry<V> other, Table.Spec<V> spec) {
        Map<String, byte[]> all = new LinkedHashMap<>(answers);
        all.putAll(other.answers);
        return new SimEntry<>(
                union(spec, value, other.value), later(other), Math.max(lastTime, other.lastTime), newest(all));
    }

    private Instant later(SimEntry<V> other) {
        if (value == null || other.value == null) {
            return value == null ? other.expires : expires;
        }
        return expires.isAfter(other.expires) ? expires : other.expires;
    }

    private static <V> @Nullable V union(Table.Spec<V> spec, @Nullable V one, @Nullable V other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return spec.merge().merge(one, other);
    }

    private static <V> Table.Rule<V> rule(Table.Spec<V> spec, String name) {
        Table.Rule<V> rule = spec.rules().get(name);
        if (rule == null) {
            throw new IllegalArgumentException("table " + spec.name() + " has no rule '" + name + "'");
        }
        return rule;
    }

    // Through the bytes, as between real nodes: a codec that forgets something is found in the first test.
    private static <V> @Nullable V copy(Table.Spec<V> spec, @Nullable V value) {
        return value == null ? null : spec.codec().decode(spec.codec().encode(value));
    }

    private Map<String, byte[]> with(SimRequest request, Table.Change<V> change) {
        Map<String, byte[]> next = new LinkedHashMap<>(answers);
        next.put(request.id(), change.answer());
        return newest(next);
    }

    private static Map<String, byte[]> newest(Map<String, byte[]> answers) {
        while (answers.size() > REMEMBERED_ANSWERS) {
            answers.remove(answers.keySet().iterator().next());
        }
        return answers;
    }
}
