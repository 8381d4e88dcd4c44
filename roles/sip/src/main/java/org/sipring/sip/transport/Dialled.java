package org.sipring.sip.transport;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What came of a connection that was to be opened.
 *
 * @param flow where it is open, or null
 * @param refused whether somebody was there and did not prove to be the domain that was asked for
 * @param full whether this node has too many connections to open one more, which says nothing about the other end
 */
public record Dialled(@Nullable Flow flow, boolean refused, boolean full) {
    /** Nobody is there. */
    public static final Dialled NOBODY = new Dialled(null, false, false);

    /** Somebody else is there. */
    public static final Dialled IMPOSTOR = new Dialled(null, true, false);

    /**
     * Nobody was asked: there are too many connections in all or with that address, or too many open files, or no local port is
     * free.
     */
    public static final Dialled FULL = new Dialled(null, false, true);

    /**
     * An open connection.
     *
     * @param open its flow
     * @return what came of it
     */
    public static Dialled to(Flow open) {
        return new Dialled(open, false, false);
    }

    /**
     * The open connection.
     *
     * @return empty where there is none
     */
    public Optional<Flow> open() {
        return Optional.ofNullable(flow);
    }
}
