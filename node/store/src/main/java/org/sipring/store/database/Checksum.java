package org.sipring.store.database;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import org.sipring.store.command.Key;

/** A row's checksum, over all that is in it: also a row that has moved is found out. */
final class Checksum {
    private Checksum() {}

    static long of(Key key, long revision, byte[] value) {
        CRC32C sum = new CRC32C();
        update(sum, key.collection());
        update(sum, key.name());
        sum.update(ByteBuffer.allocate(Long.BYTES).putLong(0, revision));
        sum.update(value);
        return sum.getValue();
    }

    private static void update(CRC32C sum, String text) {
        sum.update(text.getBytes(StandardCharsets.UTF_8));
        sum.update(0);
    }
}
