package org.sipring.proxy.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sipring.api.NodeId;
import org.sipring.api.Ticker;
import org.sipring.proxy.journal.Decision;
import org.sipring.proxy.journal.Story;
import org.sipring.proxy.records.Calls;
import org.sipring.sip.SipMessage;
import org.sipring.sip.SipUri;
import org.sipring.sip.transaction.ServerTransaction;

/**
 * One request on its way to the phones that may take it, round by round: the response context of RFC 3261 section 16.7.
 * Lives in one loop.
 */
final class ResponseContext {
    /** A phone that cannot be reached, RFC 5626 section 11.5: what a proxy tells a proxy. */
    static final int FLOW_FAILED = 430;

    private static final int FORWARDED = 181;
    private static final int BUSY_EVERYWHERE = 600;

    private final ServerTransaction server;
    private final Story story;
    private final Calls calls;
    private History history;
    private final Deque<List<Callee>> left = new ArrayDeque<>(1);
    private final List<Branch> pending = new ArrayList<>(2);
    private BestResponse best = new BestResponse();
    private @Nullable Outgoing outgoing;
    private @Nullable Diversions diversions;
    private @Nullable Rescue rescue;
    private Ticker.@Nullable Timer roundTimer;
    private Breadth breadth;
    private boolean cancelled;

    /** Finds more phones when all have failed. Asked at most once. */
    @FunctionalInterface
    interface Rescue {
        void find(Consumer<List<Target>> then);
    }

    ResponseContext(ServerTransaction server, Outgoing outgoing, @Nullable Rescue rescue) {
        this.server = server;
        this.story = outgoing.story();
        this.calls = outgoing.calls();
        this.outgoing = outgoing;
        this.rescue = rescue;
        history = History.of(server, outgoing.forwarded());
        breadth = Breadth.of(outgoing.forwarded().request());
    }

    /** Where the request has been sent. */
    History history() {
        return history;
    }

    /** Calls the phones of the first round together, those of the next when all of these have said no. */
    void start(List<List<Callee>> rounds) {
        breadth = breadth.among(rounds.stream().mapToInt(List::size).sum());
        rounds.forEach(callees -> left.addAll(breadth.narrow(callees)));
        next();
    }

    /** Takes one way only. */
    void start(Branch only) {
        pending.add(only);
        only.start();
    }

    /** From now on the call may go elsewhere, as those wish who are called. */
    void divert(Diversions wishes) {
        diversions = wishes;
    }

    /** The call goes on to somebody else: of those who were called before only a 2xx counts. */
    void moves(Outgoing elsewhere, SipUri target, Occasion occasion) {
        stopRoundTimer();
        left.clear();
        outgoing = elsewhere;
        history.rangLongEnough();
        history = history.diverted(target, occasion);
        best = new BestResponse();
        breadth = Breadth.of(elsewhere.forwarded().request());
    }

    /** Those who have been asked and have not answered. */
    List<Branch> pending() {
        return List.copyOf(pending);
    }

    /** Whether anybody may be called yet. */
    boolean open() {
        return !cancelled && outgoing != null && !server.answered();
    }

    /** The callee answers, by whose wish nobody is called; unless somebody who was called has answered before. */
    void refuse(int status) {
        if (best.status() == 0) {
            best.hear(status, null);
        }
        next();
    }

    /** RFC 3261 section 16.10. */
    void cancel() {
        cancelled = true;
        endDiversions();
        story.note(Decision.CANCELLED);
        endSearch();
        if (pending.isEmpty()) {
            server.respond(487);
        } else {
            List.copyOf(pending).forEach(Branch::cancel);
        }
    }

    private void endSearch() {
        left.clear();
        rescue = null;
        stopRoundTimer();
    }

    private void endDiversions() {
        if (diversions != null) {
            diversions.end();
        }
    }

    private void stopRoundTimer() {
        if (roundTimer != null) {
            roundTimer.cancel();
            roundTimer = null;
        }
    }

    private void next() {
        stopRoundTimer();
        Outgoing sending = outgoing;
        Rescue more = rescue;
        if (server.answered() || sending == null) {
            left.clear();
        } else if (!left.isEmpty()) {
            fork(left.remove(), sending);
        } else if (more != null && best.unreachable()) {
            rescue = null;
            story.note(Decision.ANOTHER_WAY);
            more.find(sending.guarded((List<Target> targets) -> start(Callee.oneByOne(targets))));
        } else if ((diversions == null || !diversions.goesOn(best.status())) && pending.isEmpty()) {
            answerBest();
        }
    }

    private void fork(List<Callee> callees, Outgoing sending) {
        List<Branch> branches = new ArrayList<>(callees.size());
        callees.forEach(callee -> branches.add(new ClientBranch(this, sending, callee, breadth.share())));
        pending.addAll(branches);
        if (!left.isEmpty() && breadth.forAll()) {
            roundTimer = sending.after(sending.ringing().round(), this::rangLongEnough);
        }
        branches.forEach(Branch::start);
    }

    // The less preferred are called first: a phone may take half a minute to answer its CANCEL.
    private void rangLongEnough() {
        List<Branch> ringing = List.copyOf(pending);
        history.rangLongEnough();
        story.note(Decision.NEXT_ROUND, left.getFirst().size());
        next();
        ringing.forEach(Branch::giveUp);
    }

    /** A node that the request was sent through says something. */
    void heard(NodeId node, int status) {
        calls.answered(server, node, status);
    }

    /** Somebody has the request. */
    void trying() {
        Answers.trying(server);
    }

    void provisional(SipMessage response) {
        if (diversions != null && response.status() != FORWARDED) {
            diversions.rang();
        }
        server.respond(response);
    }

    /** Also a repeated 2xx to an INVITE, RFC 6026 section 7.2. The others need not ring any more, section 16.7 step 10. */
    void success(Branch branch, SipMessage response) {
        endSearch();
        outgoing = null;
        pending.remove(branch);
        if (diversions != null) {
            diversions.answered(branch);
        }
        calls.reached(server, branch.answerer(), response);
        server.respond(response);
        List.copyOf(pending).forEach(Branch::cancel);
    }

    /** A branch ended without success. */
    void refused(Branch branch, int status, @Nullable SipMessage response) {
        pending.remove(branch);
        if (diversions == null || diversions.counts(branch)) {
            best.hear(status, response);
        }
        if (status >= 600) {
            // RFC 3261 section 16.7 step 5: nobody else is asked.
            endSearch();
            if (status != BUSY_EVERYWHERE) {
                endDiversions();
            }
            List.copyOf(pending).forEach(Branch::cancel);
        }
        if (pending.isEmpty()) {
            next();
        }
    }

    private void answerBest() {
        endDiversions();
        story.note(Decision.BEST, best.status());
        int status = told();
        SipMessage response = best.response();
        if (response != null && status == best.status()) {
            server.respond(history.told(response));
        } else if (!server.answered()) {
            server.respond(history.told(server.response(status)));
        }
    }

    private int told() {
        if (cancelled && best.response() == null) {
            return 487;
        }
        boolean proxyOrDialog =
                server.flow().node().isPresent() || server.request().toTag().isPresent();
        return best.status() == FLOW_FAILED && proxyOrDialog ? FLOW_FAILED : BestResponse.told(best.status());
    }
}
