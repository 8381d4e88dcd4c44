package org.sipring.overlay;

import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.sipring.api.Chance;
import org.sipring.api.Identity;
import org.sipring.api.Ticker;
import org.sipring.overlay.forming.Founding;
import org.sipring.overlay.forming.Seeds;

/**
 * What the overlay uses of the house.
 *
 * @param identity this node's certificate
 * @param seeds where DNS says members are
 * @param room the overlay's thread
 * @param chance randomness
 * @param workers threads for what blocks: calls to other nodes, the disk. It must not queue: up to 50 tasks wait for
 *     the network at once
 * @param founding notes that a platform begins with this node
 * @param lost is told why, when this node can never be on the platform again without its operator
 */
public record Surroundings(
        Identity identity,
        Seeds seeds,
        Ticker room,
        Chance chance,
        Executor workers,
        Founding founding,
        Consumer<String> lost) {}
