package org.sipring.proxy.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sipring.accounts.Account;
import org.sipring.api.Ticker;
import org.sipring.proxy.journal.Decision;
import org.sipring.proxy.journal.Story;
import org.sipring.proxy.records.CallRecord;
import org.sipring.sip.HeaderName;
import org.sipring.sip.SipMessage;
import org.sipring.sip.SipUri;

/**
 * One call, as those who are called wish it to go on: from the user whom it asks for to whom that one's calls go, and so on.
 * All of it is one {@link ResponseContext}. Lives in one loop.
 */
final class Diversions {
    // Whoever forwards more often has made a mistake, and each may make as many phones ring.
    private static final int MOST = 5;
    private static final int BUSY = 486;
    private static final int LOOP = 482;
    private static final int UNAVAILABLE = 480;
    private static final String RELIABLY = "100rel";

    private final CalledUsers users;
    private final CalledUsers.Asked asked;
    private final ResponseContext context;
    private final Story story;
    private final List<CallRecord.Forward> forwards = new ArrayList<>(1);
    // Who rang before the call went on may answer yet: at this many forwards.
    private final Map<Branch, Integer> behind = new HashMap<>();
    private @Nullable CalledUser callee;
    private Ticker.@Nullable Timer patience;
    private boolean rang;
    private boolean seeking;
    private boolean over;

    Diversions(CalledUsers users, CalledUsers.Asked asked, ResponseContext context) {
        this.users = users;
        this.asked = asked;
        this.context = context;
        story = asked.story(users.forwarding());
    }

    /** The call is somebody's. */
    void arrive(CalledUser user) {
        callee = user;
        if (user.forwarding().always().isPresent()) {
            seek(user, Occasion.ALWAYS);
        } else if (user.undisturbed()) {
            story.note(Decision.UNDISTURBED, user.account().aor());
            context.refuse(BUSY);
        } else {
            ring(user);
        }
    }

    private void ring(CalledUser user) {
        if (user.forwarding().noAnswer().isPresent()) {
            patience = users.outgoing(asked, asked.forwarded())
                    .after(user.forwarding().patience(), this::rangLongEnough);
        }
        context.start(Callee.rounds(user.contacts()));
    }

    private void rangLongEnough() {
        CalledUser user = callee;
        if (user != null && rings() && !seeking) {
            story.note(Decision.OUT_OF_PATIENCE, user.account().aor());
            seek(user, Occasion.NO_ANSWER);
        }
    }

    /** Whether somebody may yet take the call where it is now. */
    private boolean rings() {
        return context.open() && context.pending().stream().anyMatch(this::counts);
    }

    /** A phone says that it rings. */
    void rang() {
        rang = true;
    }

    /** Whether what a branch answers, unless it takes the call, still matters. */
    boolean counts(Branch branch) {
        return !behind.containsKey(branch);
    }

    /** Nobody is left to ask: whether the call goes on elsewhere, or where to is being looked up. */
    boolean goesOn(int status) {
        CalledUser user = callee;
        return seeking
                || (user != null
                        && Occasion.of(status, rang)
                                .filter(occasion -> seek(user, occasion))
                                .isPresent());
    }

    /** Somebody takes the call: what the calls before that have to do with it is over. */
    void answered(Branch branch) {
        users.forwarding()
                .calls()
                .forwarded(asked.transaction(), forwards.subList(0, behind.getOrDefault(branch, forwards.size())));
        end();
    }

    /** The call goes nowhere else any more. */
    void end() {
        over = true;
        seeking = false;
        stopPatience();
    }

    private void stopPatience() {
        if (patience != null) {
            patience.cancel();
            patience = null;
        }
    }

    /** Looks where the call goes on such an occasion, if anywhere. */
    private boolean seek(CalledUser user, Occasion occasion) {
        Optional<String> wish = occasion.target(user.forwarding());
        if (over || wish.isEmpty()) {
            return false;
        }
        seeking = true;
        Optional<SipUri> uri = Destinations.uri(
                wish.get(), user.account(), Sips.asked(asked.forwarded().request()));
        Onward onward = new Onward(user, occasion);
        if (uri.isEmpty() || forwards.size() >= MOST) {
            onward.nowhere();
        } else {
            users.destinations().find(asked.transaction(), story, uri.get(), onward);
        }
        return true;
    }

    private boolean hasBeenAt(Account account) {
        String aor = account.aor();
        return forwards.stream().anyMatch(forward -> forward.by().equals(aor))
                || (callee != null && callee.account().aor().equals(aor));
    }

    /** The way that a call takes away from somebody. */
    private final class Onward implements Destinations.Found {
        private final CalledUser from;
        private final Occasion occasion;

        Onward(CalledUser from, Occasion occasion) {
            this.from = from;
            this.occasion = occasion;
        }

        @Override
        public void user(SipUri uri, Locations.Located located) {
            Account account = located.user().orElseThrow();
            Optional<Integer> refusal = asked.refusal(account);
            CalledUser next = CalledUser.of(
                    account,
                    Sips.reachable(located.contacts(), asked.forwarded().request()));
            if (hasBeenAt(account)) {
                story.note(Decision.FORWARDS_IN_A_CIRCLE, from.account().aor(), account.aor());
                stays(LOOP);
            } else if (!account.enabled() || refusal.isPresent()) {
                story.note(Decision.REFUSES_FORWARDS, account.aor());
                stays(refusal.orElse(UNAVAILABLE));
            } else if (next.outOfReach()) {
                nowhere();
            } else {
                move(uri, asked.forwarded().divertedTo(uri), outgoing -> arrive(next));
            }
        }

        @Override
        public void abroad(SipUri uri, SipUri next) {
            String payer = from.account().aor();
            if (!users.forwarding().layer().door().counts(payer)) {
                story.note(Decision.TOO_MUCH, payer);
                stays(UNAVAILABLE);
                return;
            }
            boolean dialled = !next.equals(uri);
            ForwardedRequest leaving =
                    asked.forwarded().divertedAbroad(caused(next), dialled ? Optional.of(payer) : Optional.empty());
            move(uri, leaving, outgoing -> {
                callee = null;
                context.start(users.border().way(context, outgoing, next, dialled));
            });
        }

        // RFC 4458 section 2.
        private SipUri caused(SipUri uri) {
            return uri.with("cause", Integer.toString(occasion.cause()));
        }

        @Override
        public void nowhere() {
            story.note(Decision.FORWARDS_NOWHERE, from.account().aor(), occasion.words());
            stays(UNAVAILABLE);
        }

        // Where phones ring they go on; else the caller is told what there is to tell.
        private void stays(int status) {
            if (gone()) {
                return;
            }
            seeking = false;
            if (!rings()) {
                callee = null;
                context.refuse(status);
            }
        }

        // The caller has hung up meanwhile, or somebody has taken the call or refused it for good.
        private boolean gone() {
            return over || !context.open();
        }

        private void move(SipUri uri, ForwardedRequest request, Consumer<Outgoing> then) {
            if (gone()) {
                return;
            }
            seeking = false;
            rang = false;
            stopPatience();
            story.note(Decision.FORWARDED, from.account().aor(), occasion.words(), uri.toString());
            List<Branch> ringing =
                    context.pending().stream().filter(Diversions.this::counts).toList();
            ringing.forEach(branch -> behind.put(branch, forwards.size()));
            forwards.add(CallRecord.Forward.of(from.account().aor(), uri, occasion.cause()));
            users.forwarding().calls().forwarded(asked.transaction(), forwards);
            Outgoing outgoing = users.outgoing(asked, request);
            context.moves(outgoing, caused(uri), occasion);
            tellCaller();
            then.accept(outgoing);
            // Whoever is called now is called first: a phone may take half a minute to answer its CANCEL.
            ringing.forEach(Branch::giveUp);
        }

        // RFC 3261 section 21.1.3. Who wants such answers reliably would have to acknowledge it (RFC 3262 section 3).
        private void tellCaller() {
            SipMessage request = asked.forwarded().request();
            if (!request.headers(HeaderName.REQUIRE).contains(RELIABLY)) {
                context.provisional(context.history().told(asked.transaction().response(181)));
            }
        }
    }
}
