package org.sipring.proxy.keys;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.sipring.api.Table;

/**
 * Makes a key where the newest one is old: whichever node proposes first. Argument:
 *
 * <pre>
 *  id(4) rotate seconds(8) keep seconds(8) secret
 * </pre>
 */
final class Rotation implements Table.Rule<KeyRing> {
    private static final int HEAD_BYTES = 20;

    static byte[] proposal(int id, byte[] secret, KeySettings settings) {
        return ByteBuffer.allocate(HEAD_BYTES + secret.length)
                .putInt(id)
                .putLong(settings.rotate().toSeconds())
                .putLong(settings.keep().toSeconds())
                .put(secret)
                .array();
    }

    @Override
    public Table.Change<KeyRing> apply(@Nullable KeyRing current, byte[] argument, Table.Moment moment) {
        KeyRing ring = current == null ? KeyRing.NONE : current;
        ByteBuffer in = ByteBuffer.wrap(argument);
        int id = in.getInt();
        Duration rotate = Duration.ofSeconds(in.getLong());
        Duration keep = Duration.ofSeconds(in.getLong());
        byte[] secret = new byte[in.remaining()];
        in.get(secret);
        KeyRing next = ring.due(moment.now(), rotate)
                ? ring.with(
                        new Key(id, moment.now().toEpochMilli(), secret),
                        moment.now().minus(keep))
                : ring;
        Instant expires = moment.now().plus(keep).plus(rotate);
        return new Table.Change<>(next, expires, KeyRing.CODEC.encode(next));
    }
}
