package org.sipring.proxy.registrar;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.sipring.api.Table;

/**
 * All that is known of one address-of-record. Immutable.
 *
 * @param all the bindings, removed ones included, sorted by key
 * @param cleared the last {@code Contact: *}, as long as it must be remembered
 */
public record Bindings(List<Binding> all, Optional<Cleared> cleared) {
    /** Nothing. */
    public static final Bindings NONE = new Bindings(List.of(), Optional.empty());

    private static final Comparator<Binding> BY_PREFERENCE = Comparator.comparingDouble(
                    (Binding binding) -> -binding.q().orElse(Binding.UNSAID_Q))
            .thenComparing(Binding::stamp, Comparator.reverseOrder());

    /** Sorts and copies. */
    public Bindings {
        all = all.size() < 2
                ? List.copyOf(all)
                : all.stream().sorted(Comparator.comparing(Binding::key)).toList();
    }

    /**
     * The contacts to try.
     *
     * @param now the time of day
     * @return the live ones, the most preferred first; among equals the newest first
     */
    public List<Binding> live(Instant now) {
        List<Binding> live = new ArrayList<>(all.size());
        for (Binding binding : all) {
            if (binding.live(now)) {
                live.add(binding);
            }
        }
        live.sort(BY_PREFERENCE);
        return live;
    }

    /**
     * Forgets what has ended.
     *
     * @param now the time of day
     * @return what is left, memories of what was removed included
     */
    public Bindings at(Instant now) {
        long time = now.toEpochMilli();
        List<Binding> left = new ArrayList<>(all);
        left.removeIf(binding -> binding.expires() <= time);
        return new Bindings(left, cleared.filter(last -> last.forgetAt() > time));
    }

    /**
     * Tells whether there is anything to keep.
     *
     * @return true for {@link #NONE}
     */
    public boolean isEmpty() {
        return all.isEmpty() && cleared.isEmpty();
    }

    /** Keeps this, as long as there is anything of it. */
    Table.Change<Bindings> kept(byte[] answer) {
        return new Table.Change<>(isEmpty() ? null : this, Instant.ofEpochMilli(end()), answer);
    }

    /** When nothing is left of it, in milliseconds since 1970. */
    long end() {
        long last = cleared.map(Cleared::forgetAt).orElse(0L);
        for (Binding binding : all) {
            last = Math.max(last, binding.expires());
        }
        return last;
    }
}
