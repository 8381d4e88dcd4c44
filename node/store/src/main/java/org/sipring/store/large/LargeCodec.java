package org.sipring.store.large;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.TreeSet;
import org.sipring.api.LargeName;
import org.sipring.api.LargeValues;

/**
 * How names of large values and manifests are written, in the log and in messages. What is read may be anything: no number is
 * believed before it has been compared with the most that there may be.
 *
 * <pre>
 *  name: SHA-256(32) length(4)     names: count(2) name...     manifest: name chunk's SHA-256(32)...
 * </pre>
 */
public final class LargeCodec {
    private LargeCodec() {}

    /**
     * Writes a name.
     *
     * @param out where to
     * @param name the name
     * @throws IOException what the stream throws
     */
    public static void write(DataOutputStream out, LargeName name) throws IOException {
        out.write(HexFormat.of().parseHex(name.hash()));
        out.writeInt(name.length());
    }

    /**
     * Reads a name.
     *
     * @param in from where
     * @return the name; {@link IllegalArgumentException} where it is none
     * @throws IOException what the stream throws
     */
    public static LargeName readName(DataInputStream in) throws IOException {
        byte[] hash = read(in, ChunkName.BYTES);
        return new LargeName(HexFormat.of().formatHex(hash), in.readInt());
    }

    /**
     * Writes names, in an order that is always the same.
     *
     * @param out where to
     * @param names the names
     * @throws IOException what the stream throws
     */
    public static void write(DataOutputStream out, Collection<LargeName> names) throws IOException {
        out.writeShort(names.size());
        Set<String> sorted = new TreeSet<>();
        names.forEach(name -> sorted.add(name.toString()));
        for (String name : sorted) {
            write(out, LargeName.of(name));
        }
    }

    /**
     * Reads names.
     *
     * @param in from where
     * @return the names
     * @throws IOException what the stream throws, and where there are too many
     */
    public static Set<LargeName> readNames(DataInputStream in) throws IOException {
        int count = in.readUnsignedShort();
        if (count > LargeValues.MOST_REFERENCES) {
            throw new IOException(count + " names of large values: no more than " + LargeValues.MOST_REFERENCES);
        }
        Set<LargeName> names = new HashSet<>();
        for (int i = 0; i < count; i++) {
            names.add(readName(in));
        }
        return names;
    }

    /**
     * Names as bytes.
     *
     * @param names the names
     * @return none where there are none
     */
    public static byte[] bytes(Collection<LargeName> names) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            if (!names.isEmpty()) {
                write(out, names);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    /**
     * Reads {@link #bytes}.
     *
     * @param bytes those
     * @return the names; {@link IllegalArgumentException} where they are none
     */
    public static Set<LargeName> names(byte[] bytes) {
        if (bytes.length == 0) {
            return Set.of();
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            return readNames(in);
        } catch (IOException malformed) {
            throw new IllegalArgumentException("no names of large values", malformed);
        }
    }

    /**
     * Writes a manifest.
     *
     * @param out where to
     * @param manifest the manifest
     * @throws IOException what the stream throws
     */
    public static void write(DataOutputStream out, Manifest manifest) throws IOException {
        write(out, manifest.name());
        out.write(manifest.bytes());
    }

    /**
     * Reads a manifest.
     *
     * @param in from where
     * @return the manifest; {@link IllegalArgumentException} where it is not that of its name
     * @throws IOException what the stream throws
     */
    public static Manifest readManifest(DataInputStream in) throws IOException {
        LargeName name = readName(in);
        int chunks = (name.length() + ChunkName.LONGEST - 1) / ChunkName.LONGEST;
        return Manifest.read(name, read(in, chunks * ChunkName.BYTES));
    }

    /**
     * Reads the name of a chunk.
     *
     * @param in from where
     * @return the name
     * @throws IOException what the stream throws
     */
    public static ChunkName readChunkName(DataInputStream in) throws IOException {
        return ChunkName.read(read(in, ChunkName.BYTES));
    }

    private static byte[] read(DataInputStream in, int count) throws IOException {
        byte[] bytes = new byte[count];
        in.readFully(bytes);
        return bytes;
    }
}
