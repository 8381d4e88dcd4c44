package org.sipring.store.database;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import org.sipring.store.command.Key;

/** A row's checksum, over all that is in it: also a row that has moved is found out. */
final class Checksum {
    private Checksum() {}

    static long of(Key key, long revision, byte[]... contents) {
        CRC32C sum = new CRC32C();
        update(sum, key.collection());
        update(sum, key.name());
        sum.update(numbers(revision));
        for (byte[] content : contents) {
            sum.update(content);
        }
        return sum.getValue();
    }

    static long of(long... columns) {
        CRC32C sum = new CRC32C();
        sum.update(numbers(columns));
        return sum.getValue();
    }

    private static ByteBuffer numbers(long... columns) {
        ByteBuffer bytes = ByteBuffer.allocate(columns.length * Long.BYTES);
        bytes.asLongBuffer().put(columns);
        return bytes;
    }

    private static void update(CRC32C sum, String text) {
        sum.update(text.getBytes(StandardCharsets.UTF_8));
        sum.update(0);
    }
}
