package org.sipring.dns.zone;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * The one name server that is the fence: the zone's primary, asked directly, never through a resolver or a secondary.
 * Completions run on a thread of the primary's own, or at once.
 */
public interface Primary {
    /**
     * Reads RRsets with authoritative queries over TCP.
     *
     * @param keys what to read
     * @return those of them that exist; fails with an exception when the server is silent, refuses or is not
     *     authoritative for the zone; with {@link NotAuthenticException} when it does not accept our key
     */
    CompletionStage<Map<RrKey, RrSet>> read(Set<RrKey> keys);

    /**
     * Sends one update over TCP, signed with TSIG, and never sends it again by itself.
     *
     * @param update the update
     * @return what the server answered; fails with an exception on time-out or broken connection: then it may have been
     *     applied, or may be applied later
     */
    CompletionStage<UpdateResult> update(Update update);
}
