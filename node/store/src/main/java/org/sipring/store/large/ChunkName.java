package org.sipring.store.large;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import org.sipring.api.Sha256;

/**
 * What a chunk is called: the SHA-256 of what is in it.
 *
 * @param hash in 64 hexadecimal digits, lower case
 */
public record ChunkName(String hash) {
    /** How many bytes a chunk has at most; all of a value but the last have so many. */
    public static final int LONGEST = 256 << 10;

    /** How many bytes a name has. */
    public static final int BYTES = 32;

    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    /** Checks. */
    public ChunkName {
        if (!HASH.matcher(hash).matches()) {
            throw new IllegalArgumentException("no SHA-256 in hexadecimal digits: " + hash);
        }
    }

    /**
     * Names a chunk.
     *
     * @param chunk its bytes
     * @return its name
     */
    public static ChunkName of(byte[] chunk) {
        return of(ByteBuffer.wrap(chunk));
    }

    static ChunkName of(ByteBuffer chunk) {
        MessageDigest sum = Sha256.begin();
        sum.update(chunk);
        return read(sum.digest());
    }

    /**
     * Reads {@link #bytes}.
     *
     * @param bytes of that number
     * @return the name
     */
    public static ChunkName read(byte[] bytes) {
        return new ChunkName(HexFormat.of().formatHex(bytes));
    }

    /** The name that a text may be. */
    static Optional<ChunkName> parse(String text) {
        return HASH.matcher(text).matches() ? Optional.of(new ChunkName(text)) : Optional.empty();
    }

    /**
     * The name in bytes.
     *
     * @return {@value #BYTES} of them
     */
    public byte[] bytes() {
        return HexFormat.of().parseHex(hash);
    }

    /**
     * Judges what is said to be this chunk.
     *
     * @param chunk perhaps its bytes
     * @return whether they are
     */
    public boolean names(byte[] chunk) {
        return chunk.length <= LONGEST && Arrays.equals(bytes(), Sha256.begin().digest(chunk));
    }

    @Override
    public String toString() {
        return hash;
    }
}
