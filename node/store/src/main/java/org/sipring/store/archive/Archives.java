package org.sipring.store.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.sipring.api.Chance;
import org.sipring.api.DamagedValueException;
import org.sipring.api.LargeName;
import org.sipring.api.Store;
import org.sipring.api.StoreCollection;
import org.sipring.store.command.Key;
import org.sipring.store.large.Manifest;

/**
 * Writes all documents of a store, and the large values that they refer to, into archives.
 *
 * @param documents the store, its secrets open
 * @param chance makes keys
 */
record Archives(WholeStore documents, Chance chance) {
    /** Blocks. The stream is closed. */
    Summary write(OutputStream to, ArchiveWriter.Readers readers, About about) throws IOException {
        try (ArchiveWriter writer = new ArchiveWriter(to, readers, chance.bytes(Chunks.KEY_BYTES), about)) {
            Set<LargeName> written = new HashSet<>();
            documents.moment((collection, document) -> {
                if (StoreCollection.archived(collection) != StoreCollection.Archived.NEVER) {
                    add(writer, document.refersTo(), written);
                    writer.add(item(collection, document));
                }
            });
            return writer.finish();
        }
    }

    private static Item item(String collection, Store.Document document) {
        Key key = new Key(collection, document.key());
        return new Item(key, document.revision(), document.value(), document.refersTo());
    }

    private void add(ArchiveWriter writer, Set<LargeName> names, Set<LargeName> written) throws IOException {
        for (LargeName name : names) {
            if (written.add(name)) {
                Manifest manifest = got(name, documents.chunks().manifest(name));
                writer.add(manifest, chunk -> got(name, documents.chunks().chunk(chunk)));
            }
        }
    }

    // What no replica has whole would not be in the archive, and nobody would know until it is needed.
    private static <T> T got(LargeName name, CompletionStage<Optional<T>> asked) throws IOException {
        try {
            return asked.toCompletableFuture().join().orElseThrow(() -> new DamagedValueException(name));
        } catch (CompletionException failed) {
            throw new IOException("the large value " + name + " cannot be read", failed.getCause());
        }
    }
}
