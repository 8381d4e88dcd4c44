package org.sipring.proxy.registrar;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.sipring.api.Table;

/**
 * Unites what two sides of a partition know: of each binding the one with the greatest stamp, of what was cleared the
 * last. A stamp is given once, so equal stamps mean equal bindings, but for those whose flow one side has found lost: this
 * holds, and is remembered for as long as either side would.
 */
final class BindingsMerge implements Table.Merge<Bindings> {
    private static final Comparator<Binding> NEWEST =
            Comparator.comparing(Binding::stamp).thenComparing(Binding::removed).thenComparing(Binding::expires);

    @Override
    public Bindings merge(Bindings one, Bindings other) {
        Optional<Cleared> cleared = Stream.of(one.cleared(), other.cleared())
                .flatMap(Optional::stream)
                .max(Comparator.comparing(Cleared::stamp));
        Map<String, Binding> newest = new HashMap<>();
        Stream.concat(one.all().stream(), other.all().stream())
                .filter(binding -> outlives(binding, cleared))
                .forEach(binding -> newest.merge(binding.key(), binding, BindingsMerge::newer));
        return new Bindings(List.copyOf(newest.values()), cleared);
    }

    private static boolean outlives(Binding binding, Optional<Cleared> cleared) {
        return cleared.filter(last -> last.stamp().compareTo(binding.stamp()) >= 0)
                .isEmpty();
    }

    private static Binding newer(Binding one, Binding other) {
        return NEWEST.compare(one, other) >= 0 ? one : other;
    }
}
