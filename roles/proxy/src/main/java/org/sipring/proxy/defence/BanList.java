package org.sipring.proxy.defence;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.sipring.api.Codec;

/** Who is not heard. Immutable; at most {@link #MOST}, those that last longest. */
final class BanList {
    static final BanList NOBODY = new BanList(List.of());
    static final Codec<BanList> CODEC = new ListCodec();
    static final int MOST = 4_096;

    private final List<Ban> bans;
    // The sources in the order of the bans, for a search that allocates nothing.
    private final long[] sources;

    private BanList(Collection<Ban> bans) {
        this.bans = bans.stream()
                .sorted(Ban.LASTING.reversed())
                .limit(MOST)
                .sorted(Comparator.comparingLong(Ban::source))
                .toList();
        sources = this.bans.stream().mapToLong(Ban::source).toArray();
    }

    static BanList of(Ban ban) {
        return new BanList(List.of(ban));
    }

    List<Ban> bans() {
        return bans;
    }

    boolean isEmpty() {
        return bans.isEmpty();
    }

    /** Whether a sender is not heard now. */
    boolean names(long source, long nowMillis) {
        int place = Arrays.binarySearch(sources, source);
        return place >= 0 && bans.get(place).until() > nowMillis;
    }

    boolean holds(Ban ban) {
        int place = Arrays.binarySearch(sources, ban.source());
        return place >= 0 && bans.get(place).equals(ban);
    }

    /** Lets go of those that have ended. */
    BanList since(Instant now) {
        List<Ban> left =
                bans.stream().filter(ban -> ban.until() > now.toEpochMilli()).toList();
        return left.size() == bans.size() ? this : new BanList(left);
    }

    /** Each ban of both; of two of one sender the longer. */
    BanList unite(BanList other) {
        TreeMap<Long, Ban> union = new TreeMap<>();
        bans.forEach(ban -> union.put(ban.source(), ban));
        other.bans.forEach(ban -> union.merge(ban.source(), ban, Ban::longer));
        return new BanList(union.values());
    }

    Instant lastEnd() {
        return bans.stream().max(Ban.LASTING).map(Ban::end).orElse(Instant.EPOCH);
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

    private static final class ListCodec implements Codec<BanList> {
        private static final int VERSION = 1;

        @Override
        public byte[] encode(BanList list) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (DataOutputStream out = new DataOutputStream(bytes)) {
                out.writeByte(VERSION);
                out.writeShort(list.bans.size());
                for (Ban ban : list.bans) {
                    out.writeLong(ban.source());
                    out.writeLong(ban.until());
                    out.writeByte(ban.reason().code());
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return bytes.toByteArray();
        }

        @Override
        public BanList decode(byte[] bytes) {
            try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
                if (in.readByte() != VERSION) {
                    throw new IllegalArgumentException("bans of a newer format: update this release");
                }
                List<Ban> bans = new ArrayList<>();
                for (int left = in.readUnsignedShort(); left > 0; left--) {
                    bans.add(new Ban(in.readLong(), in.readLong(), Ban.Reason.of((char) in.readUnsignedByte())));
                }
                return new BanList(bans);
            } catch (IOException e) {
                throw new IllegalArgumentException("not a list of bans", e);
            }
        }
    }
}
