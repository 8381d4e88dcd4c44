package org.sipring.proxy.core;

import java.util.Optional;
import java.util.function.Consumer;
import org.sipring.proxy.auth.Verdict;
import org.sipring.proxy.edge.Bond;
import org.sipring.proxy.edge.Party;
import org.sipring.proxy.journal.Decision;
import org.sipring.proxy.journal.Story;
import org.sipring.proxy.records.CallRecord;
import org.sipring.sip.HeaderName;
import org.sipring.sip.SipMessage;
import org.sipring.sip.SipUri;
import org.sipring.sip.transaction.ServerTransaction;

/** Requests outside dialogs: for users of the platform, for itself, and for users of others. Lives in one loop. */
final class NewRequests {
    private static final String NO_RELAY = "No Relay To Other Domains";

    private final Forwarding forwarding;
    private final ProxyCore.Services services;
    private final Border border;
    private final Registering registering;
    private final CalledUsers users;

    NewRequests(Forwarding forwarding, ProxyCore.Services services, Border border) {
        this.forwarding = forwarding;
        this.services = services;
        this.border = border;
        registering = new Registering(
                services.registrations(),
                forwarding.layer(),
                forwarding.platform().natPings());
        users = new CalledUsers(forwarding, services.locations(), border);
    }

    void take(ServerTransaction transaction, RouteSet routeSet, OurUris uris) {
        SipUri uri = routeSet.request().requestSipUri().orElseThrow();
        Optional<Locations.Address> callee = uris.address(uri);
        if (!uris.answersFor(uri)) {
            toOthers(transaction, routeSet, uri);
        } else if (Methods.registers(transaction.request())) {
            registering.register(transaction);
        } else if (callee.isEmpty()) {
            transaction.respondStateless(PlatformAgent.answer(transaction));
        } else if (border.mayEnter(transaction)) {
            fromOthers(transaction, routeSet, callee.get());
        } else {
            admit(transaction, caller -> toUser(transaction, routeSet, callee.get(), caller));
        }
    }

    // They have proved nothing: whom they look for is looked for before anything is kept of them.
    private void fromOthers(ServerTransaction transaction, RouteSet routeSet, Locations.Address callee) {
        if (goesOn(transaction)) {
            forwarding.story(routeSet.request()).note(Decision.LET_IN);
            forwarding
                    .calls()
                    .begins(
                            transaction,
                            stranger(routeSet.request()),
                            border.caller(transaction.flow(), routeSet.request()));
            ForwardedRequest forwarded = forwarding.of(
                    routeSet,
                    Optional.empty(),
                    Forwarding.back(routeSet, () -> border.backTo(transaction.flow(), routeSet.request())));
            users.call(
                    new CalledUsers.Asked(transaction, forwarded, Optional.empty()),
                    callee,
                    () -> Answers.refuseStranger(transaction, 404));
        }
    }

    private static CallRecord.Caller stranger(SipMessage request) {
        String from = request.from().sipUri().map(SipUri::aor).orElse("");
        return new CallRecord.Caller(from, false);
    }

    private void toUser(
            ServerTransaction transaction, RouteSet routeSet, Locations.Address callee, Verdict.Admitted caller) {
        if (goesOn(transaction)) {
            Answers.trying(transaction);
            ForwardedRequest forwarded =
                    forwarding.of(routeSet, caller.identity(), back(transaction, routeSet, caller));
            users.call(
                    new CalledUsers.Asked(transaction, forwarded, Optional.of(caller)),
                    callee,
                    () -> dial(transaction, routeSet, caller));
        }
    }

    // Its caller may have cancelled it meanwhile, or want more privacy than there is: RFC 3323 section 5.
    private static boolean goesOn(ServerTransaction transaction) {
        if (!transaction.answered() && Privacy.asksTooMuch(transaction.request())) {
            transaction.respondStateless(transaction.response(500, "Privacy Not Available"));
        }
        return !transaction.answered();
    }

    // The Record-Route that leads back to a caller of ours.
    private Optional<String> back(ServerTransaction transaction, RouteSet routeSet, Verdict.Admitted caller) {
        Platform platform = forwarding.platform();
        return Forwarding.back(
                routeSet,
                () -> platform.route(
                        platform.here(caller.aor(), transaction.flow()),
                        Bond.ofSender(transaction.request()),
                        Sips.asked(transaction.request()),
                        forwarding.layer().loop()));
    }

    // A number of others, for a caller of ours that has proved who it is.
    private void dial(ServerTransaction transaction, RouteSet routeSet, Verdict.Admitted caller) {
        Optional<SipUri> trunk = routeSet.request().requestSipUri().flatMap(border::dialled);
        if (caller.identity().isEmpty() || trunk.isEmpty()) {
            transaction.respond(404);
            return;
        }
        forwarding.story(routeSet.request()).note(Decision.DIALS, trunk.get().toString());
        ForwardedRequest dialled = ForwardedRequest.dialled(
                caller.identity().get(),
                routeSet.to(trunk.get()),
                forwarding.platform(),
                back(transaction, routeSet, caller));
        border.leave(transaction, dialled, trunk.get());
    }

    private void toOthers(ServerTransaction transaction, RouteSet routeSet, SipUri uri) {
        if (Methods.registers(routeSet.request()) || !border.mayLeave(routeSet.request(), uri)) {
            transaction.respondStateless(transaction.response(403, NO_RELAY));
        } else {
            admit(transaction, caller -> leave(transaction, routeSet, uri, caller));
        }
    }

    private void leave(ServerTransaction transaction, RouteSet routeSet, SipUri uri, Verdict.Admitted caller) {
        if (!goesOn(transaction)) {
            return;
        }
        if (!border.isOurUser(caller.aor())) {
            transaction.respond(403, NO_RELAY);
            return;
        }
        forwarding.story(routeSet.request()).note(Decision.LEAVES, uri.toString());
        Answers.trying(transaction);
        border.call(transaction, forwarding.leaving(routeSet, back(transaction, routeSet, caller)), uri);
    }

    // One account costs the platform no more than others do, from however many places it calls.
    private void counted(
            ServerTransaction transaction, Story story, Verdict.Admitted caller, Consumer<Verdict.Admitted> admitted) {
        boolean proved = caller.identity().isPresent();
        if (proved && !forwarding.layer().door().counts(caller.aor())) {
            story.note(Decision.TOO_MUCH, caller.aor());
            transaction.respondLater();
        } else {
            admitted.accept(caller);
        }
    }

    private void admit(ServerTransaction transaction, Consumer<Verdict.Admitted> admitted) {
        SipMessage request = transaction.request();
        Story story = forwarding.story(request);
        Consumer<Verdict.Admitted> noted = caller -> {
            story.note(caller.identity().isPresent() ? Decision.PROVED : Decision.BELIEVED, caller.aor());
            forwarding
                    .calls()
                    .begins(
                            transaction,
                            new CallRecord.Caller(
                                    caller.aor(), caller.identity().isPresent()),
                            Party.phone(forwarding.platform().here(caller.aor(), transaction.flow())));
            counted(transaction, story, caller, admitted);
        };
        forwarding
                .layer()
                .hear(
                        transaction,
                        services.admission().judge(request, transaction.flow()),
                        verdict -> verdict.then(noted, response -> {
                            story.note(Decision.UNPROVED, proof(request));
                            Answers.give(transaction, response);
                        }),
                        transaction::respondUnavailable);
    }

    private static String proof(SipMessage request) {
        return request.has(HeaderName.PROXY_AUTHORIZATION)
                ? "its credentials are wrong, too old, or another user's"
                : "it showed no credentials";
    }
}
