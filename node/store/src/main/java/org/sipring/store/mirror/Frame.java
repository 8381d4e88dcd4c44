package org.sipring.store.mirror;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sipring.api.Store;
import org.sipring.store.command.Key;
import org.sipring.store.large.LargeCodec;

/**
 * How questions and replies are written: a byte of the format's version, then fields as {@link DataOutputStream} writes them.
 * What is read may be anything: no length is believed before so much is there, and nothing may be left over.
 */
final class Frame {
    private static final int VERSION = 1;
    private static final int GONE = 0;
    private static final int THERE = 1;
    private static final int THERE_REFERRING = 2;

    private Frame() {}

    /** Something that is written. */
    interface Writing {
        void to(DataOutputStream out) throws IOException;
    }

    /** Something that is read. */
    interface Reading<T> {
        T from(DataInputStream in) throws IOException;
    }

    static byte[] of(Writing body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(64);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            body.to(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Reads a frame; {@link IllegalArgumentException} where it is none. */
    static <T> T read(byte[] frame, Reading<T> body) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(frame))) {
            int version = in.readUnsignedByte();
            if (version != VERSION) {
                throw new IllegalArgumentException(
                        "a frame of format " + version + ", which this release cannot read: update it");
            }
            T value = body.from(in);
            if (in.available() > 0) {
                throw new IllegalArgumentException("a frame with " + in.available() + " bytes too many");
            }
            return value;
        } catch (IOException e) {
            throw new IllegalArgumentException("not a frame: " + e, e);
        }
    }

    static void write(DataOutputStream out, Mark mark) throws IOException {
        out.writeLong(mark.run());
        out.writeLong(mark.sequence());
    }

    static Mark readMark(DataInputStream in) throws IOException {
        return new Mark(in.readLong(), in.readLong());
    }

    static void write(DataOutputStream out, Key key) throws IOException {
        out.writeUTF(key.collection());
        out.writeUTF(key.name());
    }

    static Key readKey(DataInputStream in) throws IOException {
        return new Key(in.readUTF(), in.readUTF());
    }

    static void write(DataOutputStream out, List<Change> changes) throws IOException {
        out.writeInt(changes.size());
        for (Change change : changes) {
            write(out, change.key());
            write(out, change.document());
        }
    }

    // One that refers to large values, former releases refuse.
    private static void write(DataOutputStream out, Optional<Store.Document> perhaps) throws IOException {
        if (perhaps.isEmpty()) {
            out.writeByte(GONE);
            return;
        }
        Store.Document document = perhaps.get();
        out.writeByte(document.refersTo().isEmpty() ? THERE : THERE_REFERRING);
        out.writeLong(document.revision());
        write(out, document.value());
        if (!document.refersTo().isEmpty()) {
            LargeCodec.write(out, document.refersTo());
        }
    }

    static void write(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    // The list grows only as there are changes: a number that lies ends with the bytes.
    static List<Change> readChanges(DataInputStream in) throws IOException {
        List<Change> changes = new ArrayList<>();
        int left = in.readInt();
        if (left < 0) {
            throw new IOException("a list of " + left);
        }
        for (; left > 0; left--) {
            Key key = readKey(in);
            changes.add(new Change(key, readDocument(in, key)));
        }
        return changes;
    }

    private static Optional<Store.Document> readDocument(DataInputStream in, Key key) throws IOException {
        int kind = in.readUnsignedByte();
        if (kind == GONE) {
            return Optional.empty();
        }
        if (kind > THERE_REFERRING) {
            throw new IOException("a document of kind " + kind);
        }
        long revision = in.readLong();
        byte[] value = readBytes(in, Integer.MAX_VALUE);
        return Optional.of(
                new Store.Document(key.name(), revision, value, kind == THERE ? Set.of() : LargeCodec.readNames(in)));
    }

    static byte[] readBytes(DataInputStream in, int most) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > most || length > in.available()) {
            throw new IOException("a value of " + length + " bytes, of which " + in.available() + " are there");
        }
        return in.readNBytes(length);
    }
}
