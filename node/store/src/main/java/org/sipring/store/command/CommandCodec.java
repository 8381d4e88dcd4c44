package org.sipring.store.command;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.sipring.api.Codec;
import org.sipring.api.LargeName;
import org.sipring.store.large.LargeCodec;

/**
 * The format of commands in the log, where they stay for years: a byte of the format's version, a byte of the command's
 * type, its fields. Texts as {@link DataOutputStream#writeUTF} writes them.
 */
public final class CommandCodec implements Codec<Command> {
    private static final int VERSION = 1;
    private static final int PUT = 1;
    private static final int DELETE = 2;
    private static final int FORGET = 3;
    // A put of former releases is still one that refers to nothing.
    private static final int PUT_REFERRING = 4;
    private static final int CHUNK = 5;
    private static final int WHOLE = 6;
    private static final int SWEEP = 7;
    private static final int BUNDLE = 8;

    @Override
    public byte[] encode(Command command) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            write(out, command);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void write(DataOutputStream out, Command command) throws IOException {
        if (command instanceof Command.Put put) {
            out.writeByte(put.refersTo().isEmpty() ? PUT : PUT_REFERRING);
            writeChange(out, put);
            out.writeInt(put.value().length);
            out.write(put.value());
            if (!put.refersTo().isEmpty()) {
                LargeCodec.write(out, put.refersTo());
            }
        } else if (command instanceof Command.Delete delete) {
            out.writeByte(DELETE);
            writeChange(out, delete);
        } else if (command instanceof Command.Forget forget) {
            out.writeByte(FORGET);
            out.writeLong(forget.before().toEpochMilli());
        } else if (command instanceof Command.Bundle bundle) {
            out.writeByte(BUNDLE);
            out.writeShort(bundle.changes().size());
            for (Command.Change change : bundle.changes()) {
                write(out, change);
            }
        } else {
            writeLarge(out, command);
        }
    }

    private static void writeLarge(DataOutputStream out, Command command) throws IOException {
        if (command instanceof Command.Chunk chunk) {
            out.writeByte(CHUNK);
            out.writeLong(chunk.made().toEpochMilli());
            out.writeInt(chunk.bytes().length);
            out.write(chunk.bytes());
        } else if (command instanceof Command.Whole whole) {
            out.writeByte(WHOLE);
            out.writeLong(whole.made().toEpochMilli());
            LargeCodec.write(out, whole.manifest());
        } else if (command instanceof Command.Sweep sweep) {
            out.writeByte(SWEEP);
            out.writeLong(sweep.before().toEpochMilli());
        }
    }

    private static void writeChange(DataOutputStream out, Command.Change change) throws IOException {
        out.writeLong(change.request().high());
        out.writeLong(change.request().low());
        out.writeLong(change.request().made().toEpochMilli());
        out.writeUTF(change.key().collection());
        out.writeUTF(change.key().name());
        out.writeLong(change.expected());
    }

    @Override
    public Command decode(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int version = in.readUnsignedByte();
            if (version != VERSION) {
                throw new IllegalArgumentException("a command of format " + version
                        + ", which this release cannot read: update this node before the others write it");
            }
            return read(in);
        } catch (IOException e) {
            throw new IllegalArgumentException("not a command: " + e, e);
        }
    }

    private static Command read(DataInputStream in) throws IOException {
        int type = in.readUnsignedByte();
        return switch (type) {
            case PUT, PUT_REFERRING, DELETE -> readChange(type, in);
            case FORGET -> new Command.Forget(readTime(in));
            case CHUNK -> readChunk(in);
            case WHOLE -> readWhole(in);
            case SWEEP -> new Command.Sweep(readTime(in));
            case BUNDLE -> readBundle(in);
            default -> throw new IllegalArgumentException("a command of type " + type + ", which nobody writes");
        };
    }

    /** Something that is read. */
    private interface Reading<T> {
        T from(DataInputStream in) throws IOException;
    }

    private static Command.Change readPut(DataInputStream in, Reading<Set<LargeName>> references) throws IOException {
        RequestId request = readRequest(in);
        Key key = readKey(in);
        long expected = in.readLong();
        byte[] value = readBytes(in);
        return new Command.Put(request, key, value, expected, references.from(in));
    }

    private static Command readBundle(DataInputStream in) throws IOException {
        int count = in.readUnsignedShort();
        List<Command.Change> changes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            changes.add(readChange(in.readUnsignedByte(), in));
        }
        return new Command.Bundle(changes);
    }

    // A bundle in a bundle is not read: bytes of strangers must not decide how deep this goes.
    private static Command.Change readChange(int type, DataInputStream in) throws IOException {
        return switch (type) {
            case PUT -> readPut(in, stream -> Set.of());
            case PUT_REFERRING -> readPut(in, LargeCodec::readNames);
            case DELETE -> new Command.Delete(readRequest(in), readKey(in), in.readLong());
            default -> throw new IllegalArgumentException("a command of type " + type + ", which changes no document");
        };
    }

    private static Command readChunk(DataInputStream in) throws IOException {
        Instant made = readTime(in);
        return new Command.Chunk(readBytes(in), made);
    }

    private static Command readWhole(DataInputStream in) throws IOException {
        Instant made = readTime(in);
        return new Command.Whole(LargeCodec.readManifest(in), made);
    }

    private static byte[] readBytes(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > in.available()) {
            throw new IOException("a value of " + length + " bytes, of which " + in.available() + " are there");
        }
        return in.readNBytes(length);
    }

    private static Instant readTime(DataInputStream in) throws IOException {
        return Instant.ofEpochMilli(in.readLong());
    }

    private static RequestId readRequest(DataInputStream in) throws IOException {
        return new RequestId(in.readLong(), in.readLong(), readTime(in));
    }

    private static Key readKey(DataInputStream in) throws IOException {
        return new Key(in.readUTF(), in.readUTF());
    }
}
