package org.sipring.proxy.core;

import java.util.List;
import java.util.Optional;
import org.sipring.accounts.Account;
import org.sipring.accounts.CallRules;
import org.sipring.proxy.auth.Verdict;
import org.sipring.proxy.journal.Decision;
import org.sipring.proxy.journal.Story;
import org.sipring.sip.SipMessage;
import org.sipring.sip.transaction.ServerTransaction;

/**
 * New requests for users of ours: they go to their phones, as far as these users want them. Lives in one loop.
 *
 * @param forwarding sends requests on
 * @param locations knows where users are registered
 * @param border lets calls leave that are forwarded to other domains
 */
record CalledUsers(Forwarding forwarding, Locations locations, Border border) {
    /**
     * A new request.
     *
     * @param transaction not answered yet
     * @param forwarded as it is sent on
     * @param caller who has sent it; empty for somebody of another domain
     */
    record Asked(ServerTransaction transaction, ForwardedRequest forwarded, Optional<Verdict.Admitted> caller) {
        private SipMessage request() {
            return forwarded.request();
        }

        Story story(Forwarding forwarding) {
            return forwarding.story(request());
        }

        // The addresses that are proved to be the caller's.
        private List<String> proved() {
            return caller.flatMap(admitted -> admitted.identity().map(chosen -> List.of(admitted.aor(), chosen)))
                    .orElse(List.of());
        }

        /** How a user answers who does not want it. */
        Optional<Integer> refusal(Account user) {
            return Screening.refuses(user, request(), proved());
        }

        private void refuse(int status) {
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
        Story story = asked.story(forwarding);
        new Search(forwarding, locations, transaction, story, callee)
                .begin(
                        located -> {
                            if (located.user().isPresent()) {
                                story.note(
                                        Decision.FOUND,
                                        callee.user(),
                                        located.contacts().size());
                                found(asked, callee, located.user().get(), located.contacts());
                            } else {
                                story.note(Decision.UNKNOWN, callee.user());
                                unknown.run();
                            }
                        },
                        transaction::respondUnavailable);
    }

    private void found(Asked asked, Locations.Address callee, Account user, List<Locations.Registered> contacts) {
        Optional<Integer> refusal = asked.refusal(user);
        if (!user.enabled()) {
            asked.story(forwarding).note(Decision.DISABLED, user.aor());
            asked.refuse(480);
        } else if (refusal.isPresent()) {
            asked.story(forwarding).note(Decision.BLOCKED, user.aor(), refusal.get());
            asked.refuse(refusal.get());
        } else {
            welcome(asked, callee, user, contacts);
        }
    }

    private void welcome(Asked asked, Locations.Address callee, Account user, List<Locations.Registered> contacts) {
        ServerTransaction transaction = asked.transaction();
        Answers.trying(transaction);
        List<Locations.Registered> reachable = Sips.reachable(contacts, asked.request());
        if (!user.rules().equals(CallRules.NONE) && asked.request().method().equals("INVITE")) {
            divert(asked, CalledUser.of(user, reachable, callee, asked.request()));
        } else if (reachable.isEmpty() && !contacts.isEmpty()) {
            transaction.respond(
                    Sips.notAllowed(transaction, forwarding.platform().names().domain()));
        } else {
            forwarding.forward(transaction, asked.forwarded(), Callee.rounds(reachable), null);
        }
    }

    private void divert(Asked asked, CalledUser called) {
        ServerTransaction transaction = asked.transaction();
        if (!Forwarding.refused(transaction, asked.forwarded())) {
            ResponseContext context = new ResponseContext(transaction, outgoing(asked, asked.forwarded()), null);
            transaction.onCancel(context::cancel);
            Diversions diversions = new Diversions(this, asked, context);
            context.divert(diversions);
            diversions.arrive(called);
        }
    }

    /** A request on its way, which is another one where users forward it. */
    Outgoing outgoing(Asked asked, ForwardedRequest forwarded) {
        return forwarding.outgoing(asked.transaction(), forwarded);
    }

    /** Where calls may go on. */
    Destinations destinations() {
        return new Destinations(forwarding, locations, border);
    }
}
