package org.sipring.proxy.snapshot;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/** Reads a snapshot bit by bit, once all of it has been found sound. */
final class SnapshotReader implements AutoCloseable {
    private final DataInputStream in;
    private final Head head;
    private boolean ended;

    /** What is remembered of an address-of-record, in the table's format. */
    record Remembered(String aor, byte[] bindings) {}

    private SnapshotReader(DataInputStream in) throws IOException {
        this.in = in;
        in.skipNBytes(SnapshotFile.MAGIC.length + 1);
        head = Head.read(in);
    }

    static SnapshotReader open(Path file) throws IOException {
        checkFormat(file);
        checkSum(file);
        DataInputStream in = stream(file);
        try {
            return new SnapshotReader(in);
        } catch (IOException damaged) {
            in.close();
            throw damaged;
        }
    }

    private static DataInputStream stream(Path file) throws IOException {
        return new DataInputStream(new BufferedInputStream(Files.newInputStream(file), SnapshotFile.BUFFER));
    }

    private static void checkFormat(Path file) throws IOException {
        try (DataInputStream in = stream(file)) {
            if (!Arrays.equals(in.readNBytes(SnapshotFile.MAGIC.length), SnapshotFile.MAGIC)) {
                throw new IOException("it is damaged: it does not begin as a snapshot does");
            }
            int version = in.readUnsignedByte();
            if (version != SnapshotFile.VERSION) {
                throw new IOException("it is of format " + version + ", and this release reads format "
                        + SnapshotFile.VERSION + " only");
            }
        } catch (EOFException end) {
            throw new IOException("it is damaged: it ends too soon", end);
        }
    }

    private static void checkSum(Path file) throws IOException {
        CRC32C sum = new CRC32C();
        try (DataInputStream in = stream(file)) {
            skimmed(in, Files.size(file) - Integer.BYTES, sum);
            if (in.readInt() != (int) sum.getValue()) {
                throw new IOException("it is damaged: its checksum does not fit");
            }
        } catch (EOFException end) {
            throw new IOException("it is damaged: it ends too soon", end);
        }
    }

    private static void skimmed(InputStream in, long length, CRC32C sum) throws IOException {
        byte[] some = new byte[SnapshotFile.BUFFER];
        for (long left = length; left > 0; ) {
            int read = in.read(some, 0, (int) Math.min(left, some.length));
            if (read < 0) {
                throw new EOFException();
            }
            sum.update(some, 0, read);
            left -= read;
        }
    }

    Head head() {
        return head;
    }

    /** Some of what follows, at most so much; nothing at the end. */
    List<Remembered> next(int most) throws IOException {
        List<Remembered> some = new ArrayList<>();
        while (!ended && some.size() < most) {
            if (in.readUnsignedByte() == SnapshotFile.ENTRY) {
                some.add(new Remembered(in.readUTF(), in.readNBytes(in.readInt())));
            } else {
                ended = true;
            }
        }
        return some;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
