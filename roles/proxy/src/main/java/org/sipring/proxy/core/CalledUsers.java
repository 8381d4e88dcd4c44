package org.sipring.proxy.core;

import java.util.List;
import java.util.Optional;
import org.sipring.accounts.Account;
import org.sipring.proxy.auth.Verdict;
import org.sipring.proxy.journal.Decision;
import org.sipring.proxy.journal.Story;
import org.sipring.sip.transaction.ServerTransaction;

/**
 * New requests for users of ours: they go to their phones, as far as these users want them. Lives in one loop.
 *
 * @param forwarding sends requests on
 * @param locations knows where users are registered
 */
record CalledUsers(Forwarding forwarding, Locations locations) {
    /**
     * A new request.
     *
     * @param transaction not answered yet
     * @param forwarded as it is sent on
     * @param caller who has sent it; empty for somebody of another domain
     */
    record Asked(ServerTransaction transaction, ForwardedRequest forwarded, Optional<Verdict.Admitted> caller) {
        /** The addresses that are proved to be the caller's. */
        List<String> proved() {
            return caller.flatMap(admitted -> admitted.identity().map(chosen -> List.of(admitted.aor(), chosen)))
                    .orElse(List.of());
        }

        void refuse(int status) {
            // Who has proved nothing leaves nothing behind.
            if (proved().isEmpty()) {
                Answers.refuseStranger(transaction, status);
            } else {
                transaction.respond(status);
            }
        }
    }

    /** Calls who is asked for, or does something else where that is nobody of ours. */
    void call(Asked asked, Locations.Address callee, Runnable unknown) {
        ServerTransaction transaction = asked.transaction();
        Story story = story(asked);
        new Search(forwarding, locations, transaction, story, callee)
                .begin(
                        located -> {
                            if (located.user().isPresent()) {
                                story.note(
                                        Decision.FOUND,
                                        callee.user(),
                                        located.contacts().size());
                                found(asked, located.user().get(), located.contacts());
                            } else {
                                story.note(Decision.UNKNOWN, callee.user());
                                unknown.run();
                            }
                        },
                        transaction::respondUnavailable);
    }

    private Story story(Asked asked) {
        return forwarding.story(asked.forwarded().request());
    }

    private void found(Asked asked, Account user, List<Locations.Registered> contacts) {
        Optional<Integer> refusal = Screening.refuses(user, asked.forwarded().request(), asked.proved());
        if (!user.enabled()) {
            story(asked).note(Decision.DISABLED, user.aor());
            asked.refuse(480);
        } else if (refusal.isPresent()) {
            story(asked).note(Decision.BLOCKED, user.aor(), refusal.get());
            asked.refuse(refusal.get());
        } else {
            ring(asked, contacts);
        }
    }

    private void ring(Asked asked, List<Locations.Registered> contacts) {
        ServerTransaction transaction = asked.transaction();
        Answers.trying(transaction);
        List<Locations.Registered> reachable =
                Sips.reachable(contacts, asked.forwarded().request());
        if (reachable.isEmpty() && !contacts.isEmpty()) {
            transaction.respond(
                    Sips.notAllowed(transaction, forwarding.platform().names().domain()));
        } else {
            forwarding.forward(transaction, asked.forwarded(), Callee.rounds(reachable), null);
        }
    }
}
