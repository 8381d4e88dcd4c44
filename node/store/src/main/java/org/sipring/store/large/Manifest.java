package org.sipring.store.large;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.sipring.api.LargeName;
import org.sipring.api.Sha256;

/**
 * Of which chunks a large value is made. One that does not belong to its name cannot be made.
 *
 * <pre>
 *  name: SHA-256 of "sipring large value 1" length(4) SHA-256 of each chunk(32)
 * </pre>
 *
 * @param name the value's
 * @param chunks those of its chunks, in their order
 */
public record Manifest(LargeName name, List<ChunkName> chunks) {
    /** How many chunks the longest value has. */
    public static final int MOST = LargeName.LONGEST / ChunkName.LONGEST;

    private static final byte[] FORMAT = "sipring large value 1".getBytes(StandardCharsets.US_ASCII);

    /** Judges. */
    public Manifest {
        chunks = List.copyOf(chunks);
        if (chunks.size() != count(name.length())
                || !hash(name.length(), chunks).equals(name.hash())) {
            throw new IllegalArgumentException("of other chunks than its name says: " + name);
        }
    }

    /**
     * Cuts a value.
     *
     * @param content the value
     * @return of which chunks it is made
     */
    public static Manifest of(byte[] content) {
        List<ChunkName> chunks = new ArrayList<>();
        for (int from = 0; from < content.length; from += ChunkName.LONGEST) {
            chunks.add(
                    ChunkName.of(ByteBuffer.wrap(content, from, Math.min(ChunkName.LONGEST, content.length - from))));
        }
        return of(content.length, chunks);
    }

    /**
     * Names a value by its chunks.
     *
     * @param length the value's, in bytes
     * @param chunks the names of its chunks, in their order
     * @return of which chunks it is made
     */
    public static Manifest of(int length, List<ChunkName> chunks) {
        return new Manifest(new LargeName(hash(length, chunks), length), chunks);
    }

    private static int count(int length) {
        return (length + ChunkName.LONGEST - 1) / ChunkName.LONGEST;
    }

    private static String hash(int length, List<ChunkName> chunks) {
        MessageDigest sum = Sha256.begin();
        sum.update(FORMAT);
        sum.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, length));
        chunks.forEach(chunk -> sum.update(chunk.bytes()));
        return HexFormat.of().formatHex(sum.digest());
    }

    /**
     * How long a chunk is.
     *
     * @param number its place, from 0
     * @return how many bytes it has
     */
    public int length(int number) {
        return Math.min(ChunkName.LONGEST, name.length() - number * ChunkName.LONGEST);
    }

    /**
     * The names of the chunks as bytes.
     *
     * @return those of {@link ChunkName}, one behind the other
     */
    public byte[] bytes() {
        ByteBuffer bytes = ByteBuffer.allocate(chunks.size() * ChunkName.BYTES);
        chunks.forEach(chunk -> bytes.put(chunk.bytes()));
        return bytes.array();
    }

    /**
     * Reads {@link #bytes}.
     *
     * @param name the value's
     * @param bytes the names of its chunks
     * @return the manifest; {@link IllegalArgumentException} where it is not that of the name
     */
    public static Manifest read(LargeName name, byte[] bytes) {
        if (bytes.length != count(name.length()) * ChunkName.BYTES) {
            throw new IllegalArgumentException("of another number of chunks than its length says: " + name);
        }
        List<ChunkName> chunks = new ArrayList<>();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        while (in.hasRemaining()) {
            byte[] chunk = new byte[ChunkName.BYTES];
            in.get(chunk);
            chunks.add(ChunkName.read(chunk));
        }
        return new Manifest(name, chunks);
    }
}
