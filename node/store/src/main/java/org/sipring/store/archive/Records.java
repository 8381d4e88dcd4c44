package org.sipring.store.archive;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** What follows one another in an archive: what it is of, documents, each behind the large values that it refers to and
 * that were not there before, and the end, each behind a byte of its own. */
final class Records {
    static final int DOCUMENT = 1;
    static final int END = 2;
    /** A document, and the names of the large values that it refers to. */
    static final int REFERRING = 3;
    /** A large value: its manifest, and its chunks. */
    static final int LARGE = 4;

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
