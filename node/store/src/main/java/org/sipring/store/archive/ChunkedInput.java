package org.sipring.store.archive;

import java.io.IOException;
import java.io.InputStream;

/** Reads a stream of sealed chunks. Nothing of a chunk is given out before all of it has been found right. */
final class ChunkedInput extends InputStream {
    private final InputStream in;
    private final Chunks chunks;
    private byte[] ahead;
    private byte[] plain = new byte[0];
    private int at;
    private boolean ended;

    ChunkedInput(InputStream in, Chunks chunks) throws IOException {
        this.in = in;
        this.chunks = chunks;
        ahead = in.readNBytes(Chunks.SEALED);
    }

    private boolean fill() throws IOException {
        while (at == plain.length && !ended) {
            byte[] sealed = ahead;
            ahead = in.readNBytes(Chunks.SEALED);
            ended = ahead.length == 0;
            plain = chunks.open(sealed, ended);
            at = 0;
        }
        return at < plain.length;
    }

    @Override
    public int read() throws IOException {
        return fill() ? plain[at++] & 0xff : -1;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        if (length > 0 && !fill()) {
            return -1;
        }
        int part = Math.min(length, plain.length - at);
        System.arraycopy(plain, at, bytes, from, part);
        at += part;
        return part;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
