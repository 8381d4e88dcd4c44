package org.sipring.store.archive;

import java.io.IOException;
import java.io.OutputStream;

/** Writes a stream in sealed chunks. What is closed without {@link #finish} is not whole, and nobody takes it for that. */
final class ChunkedOutput extends OutputStream {
    private final OutputStream out;
    private final Chunks chunks;
    private final byte[] plain = new byte[Chunks.PLAIN];
    private int filled;

    ChunkedOutput(OutputStream out, Chunks chunks) {
        this.out = out;
        this.chunks = chunks;
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        int at = from;
        while (at < from + length) {
            // Not before there is more: this may be the last.
            if (filled == plain.length) {
                out.write(chunks.seal(plain, filled, false));
                filled = 0;
            }
            int part = Math.min(plain.length - filled, from + length - at);
            System.arraycopy(bytes, at, plain, filled, part);
            filled += part;
            at += part;
        }
    }

    void finish() throws IOException {
        out.write(chunks.seal(plain, filled, true));
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
