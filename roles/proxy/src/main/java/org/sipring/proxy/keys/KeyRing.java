package org.sipring.proxy.keys;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.sipring.api.Codec;

/**
 * The keys that are in use.
 *
 * @param keys the oldest first
 */
record KeyRing(List<Key> keys) {
    static final KeyRing NONE = new KeyRing(List.of());
    static final Codec<KeyRing> CODEC = new RingCodec();
    static final int MOST = 64;

    KeyRing {
        keys = keys.stream()
                .sorted(Comparator.comparingLong(Key::born).thenComparing(Key::id))
                .toList();
    }

    Optional<Key> find(int id) {
        for (Key key : keys) {
            if (key.id() == id) {
                return Optional.of(key);
            }
        }
        return Optional.empty();
    }

    /** Whether another key must be made. */
    boolean due(Instant now, Duration rotate) {
        return keys.stream().noneMatch(key -> key.born() > now.minus(rotate).toEpochMilli());
    }

    /** The newest key born before a time; the first one where all are younger. */
    Optional<Key> sealing(Instant before) {
        return keys.stream()
                .filter(key -> key.born() <= before.toEpochMilli())
                .reduce((older, newer) -> newer)
                .or(() -> keys.stream().findFirst());
    }

    /** Lets go of the keys born before a time, but never of the last one. */
    KeyRing since(Instant notBefore) {
        Key last = keys.isEmpty() ? null : keys.get(keys.size() - 1);
        return new KeyRing(keys.stream()
                .filter(key -> key.equals(last) || key.born() >= notBefore.toEpochMilli())
                .toList());
    }

    /** Takes a key in, and lets go of those born before a time and of more than can ever be needed. */
    KeyRing with(Key key, Instant notBefore) {
        List<Key> kept = new ArrayList<>(since(notBefore).keys);
        kept.add(key);
        return new KeyRing(kept).newest();
    }

    /** Lets go of more keys than can ever be needed. */
    KeyRing newest() {
        return keys.size() <= MOST ? this : new KeyRing(keys.subList(keys.size() - MOST, keys.size()));
    }

    /** Whether it has each key of another ring. */
    boolean holds(KeyRing other) {
        return other.keys.stream().allMatch(key -> find(key.id()).isPresent());
    }

    /** Both sides of a healed partition made keys, and each must read what the other sealed. */
    KeyRing merge(KeyRing other) {
        TreeMap<Integer, Key> union = new TreeMap<>();
        keys.forEach(key -> union.put(key.id(), key));
        other.keys.forEach(key -> union.merge(key.id(), key, KeyRing::first));
        return new KeyRing(List.copyOf(union.values()));
    }

    private static Key first(Key one, Key other) {
        int byAge = Long.compare(one.born(), other.born());
        int order = byAge == 0 ? Arrays.compare(one.secret(), other.secret()) : byAge;
        return order <= 0 ? one : other;
    }

    private static final class RingCodec implements Codec<KeyRing> {
        private static final int VERSION = 1;

        @Override
        public byte[] encode(KeyRing ring) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (DataOutputStream out = new DataOutputStream(bytes)) {
                out.writeByte(VERSION);
                out.writeShort(ring.keys.size());
                for (Key key : ring.keys) {
                    out.writeInt(key.id());
                    out.writeLong(key.born());
                    out.writeByte(key.secret().length);
                    out.write(key.secret());
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return bytes.toByteArray();
        }

        @Override
        public KeyRing decode(byte[] bytes) {
            try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
                if (in.readByte() != VERSION) {
                    throw new IllegalArgumentException("keys of a newer format: update this release");
                }
                List<Key> keys = new ArrayList<>();
                for (int left = in.readUnsignedShort(); left > 0; left--) {
                    keys.add(new Key(in.readInt(), in.readLong(), in.readNBytes(in.readUnsignedByte())));
                }
                return new KeyRing(keys);
            } catch (IOException e) {
                throw new IllegalArgumentException("not a key ring", e);
            }
        }
    }
}
