package org.sipring.overlay.table;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sipring.api.Stamp;
import org.sipring.api.Table;
import org.sipring.overlay.table.Envelope.Remembered;

/**
 * Unites what the two sides of a healed partition hold for a key. Commutative, associative and idempotent where the
 * table's own merge is.
 *
 * <p>No value counts as nothing known: a table that must not see a removed value again keeps a tombstone in its value.
 */
final class Union {
    private static final Comparator<Remembered> NEWEST_FIRST = Comparator.comparingLong(Remembered::time)
            .thenComparing(Remembered::requestId)
            .thenComparing(Remembered::answer, Arrays::compare)
            .reversed();

    private Union() {}

    static <V> Envelope of(Table.Spec<V> spec, Envelope one, Envelope other) {
        byte[] value = value(spec, one.value(), other.value());
        return new Envelope(
                spec.name(),
                value,
                Math.max(one.expires(), other.expires()),
                later(one.stamp(), other.stamp()),
                remembered(one, other));
    }

    private static <V> byte @Nullable [] value(Table.Spec<V> spec, byte @Nullable [] one, byte @Nullable [] other) {
        if (one == null || other == null || Arrays.equals(one, other)) {
            return one == null ? other : one;
        }
        return spec.codec()
                .encode(spec.merge()
                        .merge(spec.codec().decode(one), spec.codec().decode(other)));
    }

    private static Stamp later(Stamp one, Stamp other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    // The greatest of each id, then the newest of all: taking the first answer instead would not be associative,
    // because an id could fall out of the list on one side and come back from the other.
    private static List<Remembered> remembered(Envelope one, Envelope other) {
        Map<String, Remembered> byId = new HashMap<>();
        Stream.concat(one.remembered().stream(), other.remembered().stream())
                .forEach(past -> byId.merge(past.requestId(), past, BinaryOperator.minBy(NEWEST_FIRST)));
        return byId.values().stream()
                .sorted(NEWEST_FIRST)
                .limit(Envelope.MAX_REMEMBERED)
                .toList();
    }
}
