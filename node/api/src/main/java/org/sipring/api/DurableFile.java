package org.sipring.api;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.util.Objects;
import java.util.Set;

/**
 * Files that survive a power cut whole: the old content or the new, never half of it. Callable from any thread, for one
 * file from one at a time.
 */
public final class DurableFile {
    private DurableFile() {}

    /** What a file is to hold, written bit by bit where it is too much to have in memory. */
    @FunctionalInterface
    public interface Content {
        /**
         * Writes all of it.
         *
         * @param out the file, unbuffered; not to be closed
         * @throws IOException when it cannot be written; the old file stays
         */
        void write(OutputStream out) throws IOException;
    }

    /**
     * Replaces a file; the new content is on disk when this returns. Written beside, under the file's name and
     * {@code .new}, forced to disk, and renamed.
     *
     * @param file in a folder that exists
     * @param content all of it
     * @param attributes of the new file, such as its permissions; they hold from the first byte on
     * @throws IOException when it is not on disk; the old file is then still there
     */
    public static void replace(Path file, byte[] content, FileAttribute<?>... attributes) throws IOException {
        replace(file, out -> out.write(content), attributes);
    }

    /**
     * The same with a content that need not be in memory.
     *
     * @param file in a folder that exists
     * @param content writes all of it
     * @param attributes of the new file, such as its permissions; they hold from the first byte on
     * @throws IOException when it is not on disk; the old file is then still there
     */
    public static void replace(Path file, Content content, FileAttribute<?>... attributes) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        // What a power cut left there would lend the new file its own attributes.
        Files.deleteIfExists(fresh);
        try {
            write(fresh, content, attributes);
            Files.move(fresh, file, ATOMIC_MOVE, REPLACE_EXISTING);
        } finally {
            // Half a file would keep a full disk full.
            Files.deleteIfExists(fresh);
        }
        forceFolder(Objects.requireNonNull(file.toAbsolutePath().getParent()));
    }

    /**
     * What was made, renamed or removed in a folder survives a power cut from now on.
     *
     * @param folder the folder
     * @throws IOException when the disk fails
     */
    public static void forceFolder(Path folder) throws IOException {
        try (FileChannel open = FileChannel.open(folder, READ)) {
            open.force(true);
        }
    }

    private static void write(Path fresh, Content content, FileAttribute<?>... attributes) throws IOException {
        try (FileChannel out = FileChannel.open(fresh, Set.of(CREATE_NEW, WRITE), attributes)) {
            content.write(Channels.newOutputStream(out));
            out.force(true);
        }
    }
}
