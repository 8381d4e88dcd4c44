package org.sipring.store.archive;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UTFDataFormatException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sipring.api.LargeName;
import org.sipring.store.large.LargeCodec;
import org.sipring.store.large.Manifest;

/**
 * Reads an archive, document by document, in memory that does not grow with it. Only what {@link #next} has come to the end
 * of is known to be whole. Lives in one thread.
 */
public final class ArchiveReader implements AutoCloseable {
    private static final int DIGEST_BYTES = 32;

    private final DataInputStream in;
    private final About about;
    private final Tally tally = new Tally();
    private @Nullable Item last;
    private final Set<LargeName> values = new HashSet<>();
    private boolean ended;

    /**
     * Opens an archive.
     *
     * @param from where it is; closed with this
     * @param opener has a key of somebody whom it was made for
     * @throws IOException when it cannot be read; a {@link BadArchiveException} when it is none, or not for that key
     */
    public ArchiveReader(InputStream from, Opener opener) throws IOException {
        InputStream buffered = new BufferedInputStream(from, Chunks.SEALED);
        byte[] key = Head.read(buffered).key(opener);
        in = new DataInputStream(new ChunkedInput(buffered, new Chunks(key)));
        about = reading(About::read);
    }

    /** Something that is read. */
    private interface Reading<T> {
        T from(DataInputStream in) throws IOException;
    }

    // Every chunk was found right: who wrote this had the key, and a bug.
    private <T> T reading(Reading<T> reading) throws IOException {
        try {
            return reading.from(in);
        } catch (EOFException | UTFDataFormatException | IllegalArgumentException malformed) {
            throw new BadArchiveException("the archive is malformed, though nobody has changed it", malformed);
        }
    }

    /**
     * What it is of.
     *
     * @return as its maker wrote it
     */
    public About about() {
        return about;
    }

    /** Takes large values, chunk by chunk. */
    public interface Taker {
        /**
         * A chunk.
         *
         * @param bytes found to be what it shall be
         * @throws IOException when nothing more is to be read
         */
        void chunk(byte[] bytes) throws IOException;

        /**
         * A value, all of whose chunks have been taken.
         *
         * @param manifest of which
         * @throws IOException when nothing more is to be read
         */
        void whole(Manifest manifest) throws IOException;
    }

    private static final Taker NOBODY = new Taker() {
        @Override
        public void chunk(byte[] bytes) {
            // It has been judged.
        }

        @Override
        public void whole(Manifest manifest) {
            // It has been judged.
        }
    };

    /**
     * Reads the next document, and verifies the large values before it.
     *
     * @return the document; empty at the end, where all was found to be there
     * @throws IOException when it cannot be read, or is not whole
     */
    public Optional<Item> next() throws IOException {
        return next(NOBODY);
    }

    /**
     * Reads the next document.
     *
     * @param large takes the large values before it
     * @return the document; empty at the end, where all was found to be there
     * @throws IOException when it cannot be read, or is not whole, or what the taker throws
     */
    public Optional<Item> next(Taker large) throws IOException {
        while (!ended) {
            int type = reading(DataInputStream::readUnsignedByte);
            switch (type) {
                case Records.END -> end();
                case Records.LARGE -> take(large);
                case Records.DOCUMENT -> {
                    return Optional.of(judged(reading(Item::read)));
                }
                case Records.REFERRING -> {
                    return Optional.of(judged(reading(Item::readReferring)));
                }
                default ->
                    throw new BadArchiveException("the archive has a record of type " + type + ": use a newer release");
            }
        }
        return Optional.empty();
    }

    private void take(Taker large) throws IOException {
        Manifest manifest = reading(LargeCodec::readManifest);
        for (int number = 0; number < manifest.chunks().size(); number++) {
            byte[] chunk = new byte[manifest.length(number)];
            reading(rest -> {
                rest.readFully(chunk);
                return chunk;
            });
            if (!manifest.chunks().get(number).names(chunk)) {
                throw new BadArchiveException("the archive is malformed: a chunk is not what its large value says");
            }
            large.chunk(chunk);
        }
        tally.add(manifest);
        values.add(manifest.name());
        large.whole(manifest);
    }

    private Item judged(Item item) throws BadArchiveException {
        if (last != null && last.key().compareTo(item.key()) >= 0) {
            throw new BadArchiveException("the archive is malformed: its documents are not in order");
        }
        if (!values.containsAll(item.refersTo())) {
            throw new BadArchiveException(
                    "the archive is malformed: a document refers to a large value that is not in it");
        }
        last = item;
        tally.add(item);
        return item;
    }

    private void end() throws IOException {
        long count = reading(DataInputStream::readLong);
        byte[] digest = new byte[DIGEST_BYTES];
        reading(rest -> {
            rest.readFully(digest);
            return digest;
        });
        Summary found = tally.summary();
        boolean whole =
                count == found.count() && HexFormat.of().formatHex(digest).equals(found.digest());
        if (!whole || in.read() >= 0) {
            throw new BadArchiveException("the archive is malformed: its end says something else than was before it");
        }
        ended = true;
    }

    /**
     * Reads what is left.
     *
     * @return what is in the whole archive
     * @throws IOException when it cannot be read, or is not whole
     */
    public Summary verify() throws IOException {
        while (next().isPresent()) {
            // Each is looked at as it is read.
        }
        return tally.summary();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
