package org.sipring.bench;

import java.io.IOException;
import java.util.List;

/** A server under load: registrar and proxy of {@code bench.local}, where every user's password is {@code secret}. */
interface Peer extends AutoCloseable {
    /** What tables call it. */
    String name();

    /** {@code address:port} of its SIP, over UDP and TCP. */
    String sip();

    /** Where those who are called register: the same, or another node of the platform. */
    default String called() {
        return sip();
    }

    /** Whether it compiles its code while it runs, so that its first minutes cost more than all that follow. */
    default boolean compiles() {
        return false;
    }

    /** The processes whose use is measured, with their children. */
    List<Long> pids();

    /** How long its garbage collector has stopped it, each time since it started, in milliseconds. */
    default List<Double> pauses() throws IOException {
        return List.of();
    }

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
