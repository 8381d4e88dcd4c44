package org.sipring.bench;

import java.io.IOException;

/** A server under load: registrar and proxy of {@code bench.local}, where every user's password is {@code secret}. */
interface Peer extends AutoCloseable {
    /** What tables call it. */
    String name();

    /** {@code address:port} of its SIP, over UDP and TCP. */
    String sip();

    /** The process whose use is measured, with its children. */
    long pid();

    /**
     * What it keeps for its registrations and everything else, without garbage.
     *
     * @return bytes
     * @throws IOException when it cannot be told
     */
    long memory() throws IOException, InterruptedException;

    @Override
    void close();
}
