package org.sipring.store.archive;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.DELETE_ON_CLOSE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.sipring.api.Backups;
import org.sipring.api.Chance;
import org.sipring.api.Ticker;

/** Backups of a store. One thing at a time is done, in a room that may be blocked. Callable from any thread. */
public final class StoreBackups implements Backups {
    private final Origin origin;
    private final WholeStore documents;
    private final WholeStore opened;
    private final Chance chance;
    private final Ticker room;

    /**
     * Where archives come from.
     *
     * @param domain the platform's SIP domain
     * @param node the name of the node that makes them
     * @param dir where they are made, in files that have no name
     * @param wrapping seals their keys
     */
    public record Origin(String domain, String node, Path dir, Wrapping wrapping) {}

    /**
     * Backups of a store.
     *
     * @param origin where they come from
     * @param documents the store as it is kept
     * @param opened the same, its secrets open
     * @param chance makes keys
     * @param room its own
     */
    public StoreBackups(Origin origin, WholeStore documents, WholeStore opened, Chance chance, Ticker room) {
        this.origin = origin;
        this.documents = documents;
        this.opened = opened;
        this.chance = chance;
        this.room = room;
    }

    @Override
    public CompletionStage<FileChannel> make(X509Certificate reader) {
        return documents.catchUp().thenApplyAsync(newest -> made(reader), room::execute);
    }

    private FileChannel made(X509Certificate reader) {
        try {
            return write(new ArchiveWriter.Readers(List.of(reader), origin.wrapping()));
        } catch (IOException failed) {
            throw new UncheckedIOException("no archive can be made in " + origin.dir(), failed);
        }
    }

    private FileChannel write(ArchiveWriter.Readers readers) throws IOException {
        Files.createDirectories(
                origin.dir(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path path = origin.dir().resolve("asked-" + Long.toUnsignedString(chance.number(), 36));
        FileChannel file = FileChannel.open(
                path,
                Set.of(CREATE_NEW, READ, WRITE, DELETE_ON_CLOSE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        boolean whole = false;
        try {
            About about = new About(origin.domain(), room.now(), origin.node());
            var unused = new Archives(opened, chance).write(new Kept(file), readers, about);
            file.position(0);
            whole = true;
            return file;
        } finally {
            if (!whole) {
                file.close();
            }
        }
    }

    /** The file is yet to be read when all has been written. */
    private static final class Kept extends FilterOutputStream {
        Kept(FileChannel file) {
            super(Channels.newOutputStream(file));
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }

    @Override
    public CompletionStage<Void> write(Large large) {
        return new LargeRestoring(documents.chunks(), large).run();
    }

    @Override
    public CompletionStage<Replaced> replace(Part part, boolean pretend) {
        return CompletableFuture.supplyAsync(
                        () -> new Replacement(new Replacement.Target(documents, opened, pretend), part, room).run(),
                        room::execute)
                .thenCompose(stage -> stage);
    }
}
