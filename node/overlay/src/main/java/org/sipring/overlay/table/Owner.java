package org.sipring.overlay.table;

import com.hazelcast.spi.exception.RetryableHazelcastException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.sipring.api.NodeId;
import org.sipring.api.Stamp;
import org.sipring.api.Table;
import org.sipring.api.Ticker;
import org.sipring.overlay.table.Envelope.Remembered;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What this node does for the keys that it owns or backs up. Called in Hazelcast's partition threads, many at once. */
final class Owner {
    /** The largest value and the largest answer, in bytes. */
    static final int MAX_BYTES = 256 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(Owner.class);

    // Far enough for everybody, near enough for Hazelcast's arithmetic in seconds of 32 bits.
    private static final long MAX_LIFE_MILLIS = 10L * 365 * 24 * 3600 * 1000;

    private final ConcurrentMap<String, Table.Spec<?>> specs = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, LongAdder> changes = new ConcurrentHashMap<>();
    private final Ticker clock;
    private final Stamps stamps;

    /** The clock is only asked for the time of day. */
    Owner(NodeId self, Ticker clock) {
        this.clock = clock;
        this.stamps = new Stamps(self);
    }

    void open(Table.Spec<?> spec) {
        changes.computeIfAbsent(spec.name(), name -> new LongAdder());
        specs.put(spec.name(), spec);
    }

    /** How many changes of a table this node has made or kept. */
    long changes(String table) {
        LongAdder made = changes.get(table);
        return made == null ? 0 : made.sum();
    }

    private void count(String table) {
        LongAdder made = changes.get(table);
        if (made != null) {
            made.increment();
        }
    }

    /** Decides a change. Nothing is remembered of one that is refused. */
    Decision decide(Update update, @Nullable Envelope before) {
        Table.Spec<?> spec = spec(update.table());
        Optional<byte[]> repeat = before == null ? Optional.empty() : before.answerTo(update.requestId());
        if (before != null && repeat.isPresent()) {
            return Decision.repeated(before, repeat.get());
        }
        try {
            return apply(spec, update, before);
        } catch (RuntimeException bug) {
            LOG.error("table {}: rule {} failed and changed nothing", update.table(), update.rule(), bug);
            return Decision.refused("rule " + update.rule() + " failed at the owner: " + bug);
        }
    }

    /** The value for a reader, or null when there is none now. */
    byte @Nullable [] read(@Nullable Envelope envelope) {
        return envelope != null && envelope.live(clock.now().toEpochMilli()) ? envelope.value() : null;
    }

    /** How long Hazelcast must keep an envelope from now on. It rounds down to seconds, so one is added. */
    long lifeMillis(Envelope envelope) {
        long life = envelope.until() - clock.now().toEpochMilli();
        return Math.min(MAX_LIFE_MILLIS, Math.max(0, life) + 1000);
    }

    /** Hears of a change that another node made and this node keeps. */
    void keep(Envelope envelope) {
        stamps.see(envelope.stamp());
        count(envelope.table());
    }

    /** Unites the two sides of a healed partition. */
    Envelope unite(Envelope one, Envelope other) {
        Envelope union = unite(spec(one.table()), one, other);
        keep(union);
        return union;
    }

    private static <V> Envelope unite(Table.Spec<V> spec, Envelope one, Envelope other) {
        try {
            return Union.of(spec, one, other);
        } catch (RuntimeException bug) {
            LOG.error("table {}: merge failed, the newer side is kept", spec.name(), bug);
            return one.stamp().compareTo(other.stamp()) >= 0 ? one : other;
        }
    }

    // A node owns keys from the moment it joins, before its roles have opened their tables: Hazelcast asks again.
    private Table.Spec<?> spec(String table) {
        Table.Spec<?> spec = specs.get(table);
        if (spec == null) {
            throw new RetryableHazelcastException("table " + table + " is not open at its owner yet");
        }
        return spec;
    }

    private <V> Decision apply(Table.Spec<V> spec, Update update, @Nullable Envelope before) {
        Table.Rule<V> rule = spec.rules().get(update.rule());
        if (rule == null) {
            return Decision.refused("table " + spec.name() + " has no rule " + update.rule() + " at the owner");
        }
        Instant now = clock.now();
        byte[] current = read(before);
        Stamp stamp = stamps.next(
                now.toEpochMilli(), before == null ? 0 : before.stamp().time());
        Table.Change<V> change = rule.apply(
                current == null ? null : spec.codec().decode(current), update.argument(), new Table.Moment(now, stamp));
        Envelope kept = kept(spec, update, change, stamp, before);
        count(spec.name());
        return Decision.applied(kept, change.answer());
    }

    private static <V> Envelope kept(
            Table.Spec<V> spec, Update update, Table.Change<V> change, Stamp stamp, @Nullable Envelope before) {
        V value = change.value();
        byte[] bytes = value == null ? null : spec.codec().encode(value);
        if (change.answer().length > MAX_BYTES || (bytes != null && bytes.length > MAX_BYTES)) {
            throw new IllegalStateException("value or answer above " + MAX_BYTES + " bytes");
        }
        Remembered newest = new Remembered(update.requestId(), stamp.time(), change.answer());
        return new Envelope(
                spec.name(),
                bytes,
                bytes == null ? 0 : millis(change.expires()),
                stamp,
                Envelope.remember(newest, before));
    }

    // Instant.MAX is a natural way to say "never", but does not fit into milliseconds.
    private static long millis(Instant time) {
        Instant last = Instant.ofEpochMilli(Long.MAX_VALUE / 2);
        return (time.isBefore(last) ? time : last).toEpochMilli();
    }
}
