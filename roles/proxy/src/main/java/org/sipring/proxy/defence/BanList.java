package org.sipring.proxy.defence;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.sipring.api.Codec;

/**
 * The last word on each sender and network that is or was banned. Immutable; at most {@link #MOST}: those of operators
 * first, then those that last longest.
 */
final class BanList {
    static final int MOST = 4_096;
    private static final Comparator<Senders> PLACE =
            Comparator.comparingInt(Senders::bits).thenComparingLong(Senders::first);
    private static final Comparator<Ban> WEIGHT =
            Comparator.comparing(Ban::isOfOperator).thenComparingLong(Ban::kept).thenComparing(Ban::senders, PLACE);

    // Needs the orders above.
    static final BanList NOBODY = new BanList(List.of());
    static final Codec<BanList> CODEC = new BanListCodec();

    private final List<Ban> bans;
    // For a search that allocates nothing: one for each number of bits, mostly one in all.
    private final Width[] widths;

    private BanList(Collection<Ban> bans) {
        this.bans = bans.stream()
                .sorted(WEIGHT.reversed())
                .limit(MOST)
                .sorted(Comparator.comparing(Ban::senders, PLACE))
                .toList();
        widths = this.bans.stream()
                .collect(Collectors.groupingBy(ban -> ban.senders().bits(), TreeMap::new, Collectors.toList()))
                .values()
                .stream()
                .map(Width::new)
                .toArray(Width[]::new);
    }

    static BanList of(Collection<Ban> bans) {
        return NOBODY.unite(new BanList(bans));
    }

    static BanList of(Ban ban) {
        return new BanList(List.of(ban));
    }

    /** All words, those that lift a ban as well. */
    List<Ban> bans() {
        return bans;
    }

    /** Who is not heard. */
    List<Ban> inForce(Instant now) {
        return bans.stream().filter(ban -> ban.holdsAt(now.toEpochMilli())).toList();
    }

    boolean isEmpty() {
        return bans.isEmpty();
    }

    /** Whether a sender is not heard now. */
    boolean names(long source, long nowMillis) {
        for (Width width : widths) {
            if (width.names(source, nowMillis)) {
                return true;
            }
        }
        return false;
    }

    /** The last word on exactly these senders. */
    Optional<Ban> on(Senders senders) {
        return Arrays.stream(widths)
                .filter(width -> width.mask == Senders.mask(senders.bits()))
                .findFirst()
                .flatMap(width -> width.on(senders.first()));
    }

    /** Lets go of those that may be forgotten. */
    BanList since(Instant now) {
        List<Ban> left =
                bans.stream().filter(ban -> ban.kept() > now.toEpochMilli()).toList();
        return left.size() == bans.size() ? this : new BanList(left);
    }

    /** What both say; of two words on the same senders the later. */
    BanList unite(BanList other) {
        TreeMap<Senders, Ban> union = new TreeMap<>(PLACE);
        bans.forEach(ban -> union.put(ban.senders(), ban));
        other.bans.forEach(ban -> union.merge(ban.senders(), ban, Ban::later));
        return new BanList(union.values());
    }

    Instant lastEnd() {
        return Instant.ofEpochMilli(bans.stream().mapToLong(Ban::kept).max().orElse(0));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BanList list && bans.equals(list.bans);
    }

    @Override
    public int hashCode() {
        return bans.hashCode();
    }

    @Override
    public String toString() {
        return bans.toString();
    }

    /** The bans of networks that share so many bits. */
    private static final class Width {
        private final long mask;
        private final long[] firsts;
        private final List<Ban> bans;

        Width(List<Ban> bans) {
            this.bans = new ArrayList<>(bans);
            mask = Senders.mask(bans.get(0).senders().bits());
            firsts = bans.stream().mapToLong(ban -> ban.senders().first()).toArray();
        }

        boolean names(long source, long nowMillis) {
            int place = Arrays.binarySearch(firsts, source & mask);
            return place >= 0 && bans.get(place).holdsAt(nowMillis);
        }

        Optional<Ban> on(long first) {
            int place = Arrays.binarySearch(firsts, first);
            return place < 0 ? Optional.empty() : Optional.of(bans.get(place));
        }
    }
}
