package org.sipring.store.archive;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import org.sipring.store.large.ChunkName;
import org.sipring.store.large.LargeCodec;
import org.sipring.store.large.Manifest;

/** Writes an archive, document by document, in memory that does not grow with it. Lives in one thread. */
public final class ArchiveWriter implements AutoCloseable {
    private final ChunkedOutput chunks;
    private final DataOutputStream out;
    private final Tally tally = new Tally();

    /**
     * Who may read an archive.
     *
     * @param certificates theirs, one at least
     * @param wrapping seals the archive's key for them
     */
    public record Readers(List<X509Certificate> certificates, Wrapping wrapping) {
        /** Copies. */
        public Readers {
            certificates = List.copyOf(certificates);
        }
    }

    /**
     * Begins an archive.
     *
     * @param to where to; closed with this
     * @param readers who may read it
     * @param key fresh, of 32 bytes, for this archive alone
     * @param about what it is of
     * @throws IOException when it cannot be written
     */
    public ArchiveWriter(OutputStream to, Readers readers, byte[] key, About about) throws IOException {
        OutputStream buffered = new BufferedOutputStream(to, Chunks.SEALED);
        Head.of(key, readers.certificates(), readers.wrapping()).write(buffered);
        chunks = new ChunkedOutput(buffered, new Chunks(key));
        out = new DataOutputStream(chunks);
        about.write(out);
    }

    /**
     * Adds a document.
     *
     * @param item the next one by the order of keys
     * @throws IOException when it cannot be written
     */
    public void add(Item item) throws IOException {
        tally.add(item);
        out.writeByte(item.refersTo().isEmpty() ? Records.DOCUMENT : Records.REFERRING);
        item.write(out);
    }

    /** Where chunks come from. */
    interface Chunked {
        /** Reads one. May block. */
        byte[] read(ChunkName chunk) throws IOException;
    }

    /** Adds a large value, before the first document that refers to it. */
    void add(Manifest manifest, Chunked chunks) throws IOException {
        tally.add(manifest);
        out.writeByte(Records.LARGE);
        LargeCodec.write(out, manifest);
        for (ChunkName chunk : manifest.chunks()) {
            out.write(chunks.read(chunk));
        }
    }

    /**
     * Ends it: without this nobody takes it for whole.
     *
     * @return what is in it
     * @throws IOException when it cannot be written
     */
    public Summary finish() throws IOException {
        Summary summary = tally.summary();
        out.writeByte(Records.END);
        out.writeLong(summary.count());
        out.write(HexFormat.of().parseHex(summary.digest()));
        chunks.finish();
        return summary;
    }

    @Override
    public void close() throws IOException {
        chunks.close();
    }
}
