package org.sipring.proxy.records;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sipring.api.NodeId;
import org.sipring.api.Ticker;
import org.sipring.proxy.edge.Party;
import org.sipring.proxy.journal.Decision;
import org.sipring.proxy.journal.Journal;
import org.sipring.sip.SipMessage;
import org.sipring.sip.transaction.ServerTransaction;

/** The calls of one loop until they are answered; what follows is kept in the node's {@link CallLog}. */
public final class LoopCalls implements Calls {
    // RFC 6026 section 7.1: for 64 times T1 a further 2xx is passed on.
    private static final Duration FURTHER_ANSWERS = Duration.ofSeconds(32);

    // Each is a record: nobody answers a call more often than phones of one user ring.
    private static final int MOST_ANSWERS = 10;

    private final CallLog log;
    private final Ticker ticker;
    private final Journal journal;
    private final UnfollowedCalls unfollowed;
    private final Map<ServerTransaction, Attempt> attempts = new HashMap<>();

    /** What is known of a call while it rings. */
    private static final class Attempt {
        final CallRecord.Caller caller;
        final Party from;
        final CallRecord.Dialog dialog;
        final String callee;
        final Instant start;

        // The To tags of who has answered: hardly ever more than one.
        final List<String> answers = new ArrayList<>(1);

        List<Party> reached = List.of();
        List<CallRecord.Forward> forwards = List.of();

        Attempt(CallRecord.Caller caller, Party from, SipMessage invite, Instant start) {
            this.caller = caller;
            this.from = from;
            this.dialog =
                    new CallRecord.Dialog(invite.callId(), invite.fromTag().orElse(""), "");
            this.callee = callee(invite);
            this.start = start;
        }

        /** Whether this is the first answer of a phone. */
        boolean answers(SipMessage ok) {
            String phone = tag(ok);
            return !answers.contains(phone) && answers.add(phone);
        }
    }

    /**
     * None yet.
     *
     * @param log the node's
     * @param ticker the loop's
     * @param journal where it notes that a record was made
     */
    public LoopCalls(CallLog log, Ticker ticker, Journal journal) {
        this.log = log;
        this.ticker = ticker;
        this.journal = journal;
        unfollowed = new UnfollowedCalls(log, ticker, journal);
    }

    @Override
    public void begins(ServerTransaction invite, CallRecord.Caller caller, Party from) {
        if (invite.answered()) {
            return;
        }
        SipMessage request = invite.request();
        if (request.method().equals("INVITE") && request.toTag().isEmpty()) {
            attempts.put(invite, new Attempt(caller, from, request, ticker.now()));
            invite.onFinal(response -> decided(invite, response));
        }
    }

    @Override
    public void reached(ServerTransaction invite, List<Party> callee, SipMessage ok) {
        Attempt attempt = attempts.get(invite);
        if (attempt == null) {
            return;
        }
        attempt.reached = callee;
        if (!attempt.answers.isEmpty() && attempt.answers.size() < MOST_ANSWERS && attempt.answers(ok)) {
            decided(attempt, ok);
        }
    }

    @Override
    public void forwarded(ServerTransaction invite, List<CallRecord.Forward> forwards) {
        Attempt attempt = attempts.get(invite);
        if (attempt != null) {
            attempt.forwards = List.copyOf(forwards);
        }
    }

    private static String tag(SipMessage response) {
        return response.toTag().orElse("");
    }

    private void decided(ServerTransaction invite, SipMessage response) {
        Attempt attempt = attempts.get(invite);
        if (attempt == null) {
            return;
        }
        if (response.status() < 300 && attempt.answers(response)) {
            var unused = ticker.after(FURTHER_ANSWERS, () -> attempts.remove(invite));
        } else {
            attempts.remove(invite);
        }
        decided(attempt, response);
    }

    private void decided(Attempt attempt, SipMessage response) {
        boolean answered = response.status() < 300;
        journal.note(
                response.callId(), answered ? Decision.RECORDED_ANSWER : Decision.RECORDED_REFUSAL, response.status());
        if (answered) {
            AnsweredCall.Sides sides = new AnsweredCall.Sides(attempt.from, attempt.reached);
            log.answered(record(attempt, response, true), sides, response, ticker.nanos());
        } else {
            log.take(record(attempt, response, false));
        }
    }

    private CallRecord record(Attempt attempt, SipMessage response, boolean answered) {
        Optional<Instant> start = Optional.of(attempt.start);
        Optional<Instant> now = Optional.of(ticker.now());
        Set<NodeId> nodes = new LinkedHashSet<>(List.of(log.self()));
        attempt.reached.stream()
                .flatMap(callee -> callee.edge().stream())
                .forEach(edge -> nodes.add(edge.flow().node()));
        String toTag = answered ? tag(response) : "";
        return new CallRecord(
                answered ? CallRecord.State.ANSWERED : CallRecord.State.OVER,
                new CallRecord.Dialog(attempt.dialog.callId(), attempt.dialog.fromTag(), toTag),
                attempt.caller,
                attempt.callee,
                answered
                        ? new CallRecord.Times(start, now, Optional.empty())
                        : new CallRecord.Times(start, Optional.empty(), now),
                new CallRecord.Outcome(
                        response.status(),
                        response.header("Reason"),
                        answered ? CallRecord.Ending.NONE : CallRecord.Ending.REFUSED),
                attempt.forwards,
                List.copyOf(nodes));
    }

    @Override
    public void within(ServerTransaction request, Way way) {
        SipMessage message = request.request();
        if (!Calls.countsWithin(message)) {
            return;
        }
        boolean refreshes = Calls.refreshes(message);
        String from = message.fromTag().orElse("");
        String to = message.toTag().orElse("");
        AnsweredCall call = log.find(message.callId(), from, to);
        if (call != null && !call.crosses(from, way)) {
            // Who is billed could end its record so, and talk on.
            return;
        }
        if (call != null && refreshes) {
            request.onFinal(response -> refreshed(call, response));
        } else if (call != null) {
            hangsUp(request, call, from);
        } else if (!refreshes && request.flow().node().isEmpty() && way.sender().isPresent()) {
            unfollowed.hangsUp(request, way);
        }
    }

    @Override
    public void answered(ServerTransaction request, NodeId node, int status) {
        unfollowed.answered(request, node, status);
    }

    private void hangsUp(ServerTransaction request, AnsweredCall call, String from) {
        String callId = request.request().callId();
        HangUp bye = HangUp.of(request.request(), ticker.now());
        boolean byCaller = call.isCaller(from);
        request.onFinal(response -> {
            if (!HangUp.ends(response.status())) {
                return;
            }
            if (byCaller && response.status() >= 300) {
                // The caller pays, and can send a BYE that the callee's side drops, or that another phone answers.
                journal.note(callId, Decision.UNCONFIRMED_END, response.status());
                call.hangsUpUnconfirmed(bye);
            } else {
                journal.note(callId, Decision.RECORDED_END, byCaller ? "caller" : "callee");
                log.ended(call, from, bye);
            }
        });
    }

    private void refreshed(AnsweredCall call, SipMessage response) {
        if (response.status() < 300) {
            call.heard(response, ticker.nanos());
        }
    }

    // As billing wants it: without what else a URI may hold.
    private static String callee(SipMessage invite) {
        return invite.requestSipUri().map(CallRecord::plain).orElse(invite.requestUri());
    }
}
