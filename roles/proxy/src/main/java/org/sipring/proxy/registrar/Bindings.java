package org.sipring.proxy.registrar;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

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
        all = all.stream().sorted(Comparator.comparing(Binding::key)).toList();
    }

    /**
     * The contacts to try.
     *
     * @param now the time of day
     * @return the live ones, the most preferred first; among equals the newest first
     */
    public List<Binding> live(Instant now) {
        return all.stream()
                .filter(binding -> binding.live(now))
                .sorted(BY_PREFERENCE)
                .toList();
    }

    /** Forgets what has ended. */
    Bindings at(Instant now) {
        long time = now.toEpochMilli();
        return new Bindings(
                all.stream().filter(binding -> binding.expires() > time).toList(),
                cleared.filter(last -> last.forgetAt() > time));
    }

    /** When nothing is left of it, in milliseconds since 1970. */
    long end() {
        long last = all.stream().mapToLong(Binding::expires).max().orElse(0);
        return Math.max(last, cleared.map(Cleared::forgetAt).orElse(0L));
    }
}
