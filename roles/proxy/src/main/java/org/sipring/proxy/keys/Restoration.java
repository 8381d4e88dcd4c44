package org.sipring.proxy.keys;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.sipring.api.Table;

/**
 * Puts keys back that the table has lost and a node still knows. Argument:
 *
 * <pre>
 *  rotate seconds(8) keep seconds(8) key ring
 * </pre>
 */
final class Restoration implements Table.Rule<KeyRing> {
    private static final int HEAD_BYTES = 16;

    static byte[] proposal(KeyRing known, KeySettings settings) {
        byte[] ring = KeyRing.CODEC.encode(known);
        return ByteBuffer.allocate(HEAD_BYTES + ring.length)
                .putLong(settings.rotate().toSeconds())
                .putLong(settings.keep().toSeconds())
                .put(ring)
                .array();
    }

    @Override
    public Table.Change<KeyRing> apply(@Nullable KeyRing current, byte[] argument, Table.Moment moment) {
        KeyRing ring = current == null ? KeyRing.NONE : current;
        ByteBuffer in = ByteBuffer.wrap(argument);
        Duration rotate = Duration.ofSeconds(in.getLong());
        Duration keep = Duration.ofSeconds(in.getLong());
        byte[] known = new byte[in.remaining()];
        in.get(known);
        KeyRing next = ring.merge(KeyRing.CODEC.decode(known))
                .since(moment.now().minus(keep))
                .newest();
        Instant expires = moment.now().plus(keep).plus(rotate);
        return new Table.Change<>(next, expires, KeyRing.CODEC.encode(next));
    }
}
