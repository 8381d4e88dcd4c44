package org.sipring.store.archive;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** What follows one another in an archive: what it is of, documents, and the end, each behind a byte of its own. */
final class Records {
    static final int DOCUMENT = 1;
    static final int END = 2;

    private Records() {}

    static byte[] bytes(Item item) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(item.value().length + 128);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            item.write(out);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }
}
