package org.sipring.app.backup;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import org.sipring.api.DurableFile;
import org.sipring.app.account.PlatformApi;
import org.sipring.app.process.CommandFailure;
import org.sipring.certs.FolderKeys;
import org.sipring.store.archive.About;
import org.sipring.store.archive.ArchiveReader;
import org.sipring.store.archive.BadArchiveException;
import org.sipring.store.archive.Summary;

/**
 * An archive on the operator's disk.
 *
 * @param file where
 * @param keys those that may open it
 */
public record ArchiveFile(Path file, FolderKeys keys) {
    /**
     * What is in it.
     *
     * @param about what it is of
     * @param summary its documents
     */
    public record Content(About about, Summary summary) {
        @Override
        public String toString() {
            return about + ": " + (summary.count() == 0 ? "no documents" : summary.toString());
        }
    }

    /**
     * Asks a platform for it. It is under its name only once it is whole, verified and on the disk.
     *
     * @param api the platform
     * @return what is in it
     * @throws IOException when it cannot be written
     */
    public Content fetch(PlatformApi api) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.deleteIfExists(part);
        Files.createFile(part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            api.save("/v1/backup", part);
            Content content = new ArchiveFile(part, keys).verify();
            try (FileChannel written = FileChannel.open(part, StandardOpenOption.WRITE)) {
                written.force(true);
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            DurableFile.forceFolder(Objects.requireNonNull(file.toAbsolutePath().getParent()));
            return content;
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /**
     * Reads it to its end.
     *
     * @return what is in it
     * @throws IOException when it cannot be read
     * @throws CommandFailure when it is not whole, or not for these keys
     */
    public Content verify() throws IOException {
        try (ArchiveReader in = open()) {
            return new Content(in.about(), in.verify());
        } catch (BadArchiveException bad) {
            throw new CommandFailure(file + ": " + bad.getMessage());
        }
    }

    ArchiveReader open() throws IOException {
        return new ArchiveReader(Files.newInputStream(file), keys::open);
    }
}
