package org.sipring.proxy.snapshot;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;
import org.sipring.api.Codec;
import org.sipring.api.DurableFile;
import org.sipring.api.Table;
import org.sipring.proxy.registrar.Bindings;
import org.sipring.proxy.registrar.BindingsTable;

/**
 * The bindings that a node holds, in one file that only its user may read. Replaced as a whole; a part of the table is in
 * memory at a time. Texts as {@link DataOutputStream#writeUTF} writes them, bindings in the table's format, which has a
 * version of its own.
 *
 * <pre>
 * +------------------+---+----------+---------+
 * | sipring bindings | 1 | platform | written |      16 bytes, a byte, a text, 8 bytes
 * +---+-------------------+--------+----------+
 * | 1 | address-of-record | length | bindings |      a byte, a text, 4 bytes; for each address-of-record
 * +---+---------+---------+--------+----------+
 * | 0 | CRC-32C |                                   a byte, 4 bytes: of everything before
 * +---+---------+
 * </pre>
 */
final class SnapshotFile {
    static final byte[] MAGIC = "sipring bindings".getBytes(StandardCharsets.US_ASCII);
    static final int VERSION = 1;
    static final int ENTRY = 1;
    static final int END = 0;
    static final int BUFFER = 1 << 16;

    private static final Codec<Bindings> CODEC = BindingsTable.spec().codec();

    private final Path file;

    SnapshotFile(Path file) {
        this.file = file;
    }

    /** The one before it. */
    SnapshotFile before() {
        return new SnapshotFile(beside("before"));
    }

    private Path beside(String suffix) {
        return file.resolveSibling(file.getFileName() + "." + suffix);
    }

    /** Lets it become the one before, in place of that. */
    void becomeBefore() throws IOException {
        if (isThere()) {
            Files.move(file, before().file, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /**
     * Replaces the file.
     *
     * @param head when it is written, and for which platform
     * @param held what the node holds
     * @return how many bindings are in it
     * @throws IOException when it is not on disk; an old one is still there
     * @throws IllegalStateException when the table cannot be read; an old one is still there
     */
    long write(Head head, Table.Held<Bindings> held) throws IOException {
        Writing writing = new Writing(head, held);
        Files.createDirectories(file.toAbsolutePath().getParent());
        DurableFile.replace(file, writing::all, ownersOnly());
        return writing.bindings;
    }

    // Contacts, instance ids, Call-IDs and Path say who is where.
    private static FileAttribute<?> ownersOnly() {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    }

    boolean isThere() {
        return Files.exists(file);
    }

    void delete() throws IOException {
        Files.deleteIfExists(file);
    }

    /**
     * Opens the file, once all of it has been found sound.
     *
     * @return reads it
     * @throws IOException when it is damaged or of another format; the message says which
     */
    SnapshotReader open() throws IOException {
        return SnapshotReader.open(file);
    }

    /** Keeps the file under another name, in place of what was kept so before. */
    Path setAside() throws IOException {
        return Files.move(file, beside("aside"), StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public String toString() {
        return file.toString();
    }

    /** One writing of the file. */
    private static final class Writing {
        private final Head head;
        private final Table.Held<Bindings> held;
        private long bindings;

        Writing(Head head, Table.Held<Bindings> held) {
            this.head = head;
            this.held = held;
        }

        void all(OutputStream file) throws IOException {
            CheckedOutputStream summed = new CheckedOutputStream(file, new CRC32C());
            DataOutputStream out = new DataOutputStream(new BufferedOutputStream(summed, BUFFER));
            out.write(MAGIC);
            out.writeByte(VERSION);
            head.write(out);
            for (int part = 0; part < held.parts(); part++) {
                part(out, held.part(part));
            }
            out.writeByte(END);
            out.flush();
            out.writeInt((int) summed.getChecksum().getValue());
            out.flush();
        }

        private void part(DataOutputStream out, Map<String, Bindings> part) throws IOException {
            for (Map.Entry<String, Bindings> each : part.entrySet()) {
                Bindings left = each.getValue().at(head.written());
                if (!left.isEmpty()) {
                    bindings += left.live(head.written()).size();
                    entry(out, each.getKey(), CODEC.encode(left));
                }
            }
        }

        private static void entry(DataOutputStream out, String aor, byte[] value) throws IOException {
            out.writeByte(ENTRY);
            out.writeUTF(aor);
            out.writeInt(value.length);
            out.write(value);
        }
    }
}
