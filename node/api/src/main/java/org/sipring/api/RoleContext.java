package org.sipring.api;

import java.util.function.Function;

/**
 * What a role is handed at its start.
 *
 * @param identity this node's certificate; names the platform's SIP domain
 * @param overlay the other nodes
 * @param store durable documents
 * @param rooms makes the ticker of a new thread with the given name
 * @param chance randomness
 * @param meter where to count
 */
public record RoleContext(
        Identity identity, Overlay overlay, Store store, Function<String, Ticker> rooms, Chance chance, Meter meter) {}
