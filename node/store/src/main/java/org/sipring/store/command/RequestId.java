package org.sipring.store.command;

import java.time.Instant;
import org.sipring.api.Chance;

/**
 * Names a command for good. A writer that does not know whether its command was applied sends it again under the same
 * name, and hears what came of it the first time.
 *
 * @param high half of 128 random bits
 * @param low the other half
 * @param made when, by the writer's clock: replicas forget requests by their age, and must all forget the same ones
 */
public record RequestId(long high, long low, Instant made) {
    /**
     * A name that nobody else gives.
     *
     * @param chance where its bits come from
     * @param now the writer's clock
     * @return the name
     */
    public static RequestId next(Chance chance, Instant now) {
        return new RequestId(chance.number(), chance.number(), now);
    }
}
