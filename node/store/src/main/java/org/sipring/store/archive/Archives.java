package org.sipring.store.archive;

import java.io.IOException;
import java.io.OutputStream;
import org.sipring.api.Chance;
import org.sipring.store.command.Key;

/**
 * Writes all documents of a store into archives.
 *
 * @param documents the store, its secrets open
 * @param chance makes keys
 */
record Archives(WholeStore documents, Chance chance) {
    /** Blocks. The stream is closed. */
    Summary write(OutputStream to, ArchiveWriter.Readers readers, About about) throws IOException {
        try (ArchiveWriter writer = new ArchiveWriter(to, readers, chance.bytes(Chunks.KEY_BYTES), about)) {
            documents.moment((collection, document) -> {
                if (!Ownership.stays(collection)) {
                    writer.add(new Item(new Key(collection, document.key()), document.revision(), document.value()));
                }
            });
            return writer.finish();
        }
    }
}
