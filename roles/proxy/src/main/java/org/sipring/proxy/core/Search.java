package org.sipring.proxy.core;

import java.time.Duration;
import java.util.function.Consumer;
import org.sipring.proxy.journal.Decision;
import org.sipring.proxy.journal.Story;
import org.sipring.sip.transaction.ServerTransaction;

/**
 * The search for somebody who is called. Lives in one loop.
 *
 * @param forwarding works on the request
 * @param locations knows where users are registered
 * @param transaction what is asked
 * @param story what is noted of its call
 * @param callee who is called
 */
record Search(
        Forwarding forwarding,
        Locations locations,
        ServerTransaction transaction,
        Story story,
        Locations.Address callee) {
    private static final int LOOK_UPS = 4;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** Tells what is known of the callee, or that nobody can tell. */
    void begin(Consumer<Locations.Located> then, Runnable untold) {
        look(LOOK_UPS, then, untold);
    }

    // A hung node may be the one that knows; seconds later another knows in its place, and the caller waits that long.
    private void look(int attempts, Consumer<Locations.Located> then, Runnable untold) {
        forwarding.layer().hear(transaction, locations.find(callee), then, () -> {
            story.note(Decision.NOBODY_TELLS, callee.user());
            if (attempts == 1) {
                untold.run();
            } else {
                Answers.trying(transaction);
                forwarding
                        .layer()
                        .loop()
                        .ticker()
                        .after(PAUSE, () -> transaction.work(() -> look(attempts - 1, then, untold)));
            }
        });
    }
}
