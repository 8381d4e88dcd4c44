package org.sipring.proxy.core;

import java.time.Duration;
import java.util.List;
import org.sipring.proxy.journal.Decision;
import org.sipring.proxy.journal.Story;
import org.sipring.sip.transaction.ServerTransaction;

/**
 * The search for somebody who is called, and the call. Lives in one loop.
 *
 * @param forwarding sends the request on
 * @param locations knows where users are registered
 * @param transaction what is asked
 * @param forwarded the request as it is sent on
 * @param callee who is called
 * @param unknown what is done when the callee is nobody's of ours
 */
record Search(
        Forwarding forwarding,
        Locations locations,
        ServerTransaction transaction,
        ForwardedRequest forwarded,
        Locations.Address callee,
        Runnable unknown) {
    private static final int LOOK_UPS = 4;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    void begin() {
        look(LOOK_UPS);
    }

    // A hung node may be the one that knows; seconds later another knows in its place, and the caller waits that long.
    private void look(int attempts) {
        forwarding.layer().hear(transaction, locations.find(callee), this::located, () -> {
            story().note(Decision.NOBODY_TELLS, callee.user());
            if (attempts == 1) {
                transaction.respondUnavailable();
            } else {
                Answers.trying(transaction);
                forwarding.layer().loop().ticker().after(PAUSE, () -> transaction.work(() -> look(attempts - 1)));
            }
        });
    }

    private Story story() {
        return forwarding.story(forwarded.request());
    }

    private void located(Locations.Located located) {
        if (!located.known()) {
            story().note(Decision.UNKNOWN, callee.user());
            unknown.run();
            return;
        }
        story().note(Decision.FOUND, callee.user(), located.contacts().size());
        Answers.trying(transaction);
        List<Locations.Registered> contacts = Sips.reachable(located.contacts(), forwarded.request());
        if (contacts.isEmpty() && !located.contacts().isEmpty()) {
            transaction.respond(
                    Sips.notAllowed(transaction, forwarding.platform().names().domain()));
            return;
        }
        forwarding.forward(transaction, forwarded, Callee.rounds(contacts), null);
    }
}
