package org.sipring.sip.transport;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What came of a connection to another domain.
 *
 * @param flow where it is open, or null
 * @param refused whether somebody was there and did not prove to be that domain
 */
public record Dialled(@Nullable Flow flow, boolean refused) {
    /** Nobody is there. */
    public static final Dialled NOBODY = new Dialled(null, false);

    /** Somebody else is there. */
    public static final Dialled IMPOSTOR = new Dialled(null, true);

    /**
     * The open connection.
     *
     * @return empty where there is none
     */
    public Optional<Flow> open() {
        return Optional.ofNullable(flow);
    }

    /**
     * A way over which nobody proves anything.
     *
     * @param flow the flow, or empty where nobody is there
     * @return what came of it
     */
    public static Dialled of(Optional<Flow> flow) {
        return flow.map(open -> new Dialled(open, false)).orElse(NOBODY);
    }
}
