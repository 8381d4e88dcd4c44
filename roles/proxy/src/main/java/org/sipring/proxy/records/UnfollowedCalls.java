package org.sipring.proxy.records;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.sipring.api.NodeId;
import org.sipring.api.Ticker;
import org.sipring.proxy.journal.Decision;
import org.sipring.proxy.journal.Journal;
import org.sipring.sip.SipMessage;
import org.sipring.sip.transaction.ServerTransaction;

/**
 * BYEs of calls that this node does not follow: it tells the end where the node that follows the call has not heard it, or
 * nobody knows which one that is. Lives in one loop.
 */
final class UnfollowedCalls {
    private final CallLog log;
    private final Ticker ticker;
    private final Journal journal;

    // Which nodes have heard a BYE and how it ended.
    private final Map<ServerTransaction, Set<NodeId>> witnesses = new HashMap<>();

    UnfollowedCalls(CallLog log, Ticker ticker, Journal journal) {
        this.log = log;
        this.ticker = ticker;
        this.journal = journal;
    }

    /** A BYE that has not been answered yet. */
    void hangsUp(ServerTransaction request, Calls.Way way) {
        SipMessage bye = request.request();
        CallRecord.Dialog dialog = new CallRecord.Dialog(
                bye.callId(), bye.fromTag().orElse(""), bye.toTag().orElse(""));
        HangUp hangUp = HangUp.of(bye, ticker.now());
        witnesses.put(request, new HashSet<>(Set.of(log.self())));
        request.onFinal(response -> {
            Set<NodeId> heard = Objects.requireNonNull(witnesses.remove(request));
            boolean told = way.follower().get().filter(heard::contains).isPresent();
            if (HangUp.ends(response.status()) && !told) {
                journal.note(dialog.callId(), Decision.RECORDED_END_ONLY);
                log.take(endOnly(dialog, hangUp, response.status()));
            }
        });
    }

    /** A node has answered a request, which may be one of these. */
    void answered(ServerTransaction request, NodeId node, int status) {
        Set<NodeId> heard = witnesses.get(request);
        if (heard != null && HangUp.ends(status)) {
            heard.add(node);
        }
    }

    // The node that knows the rest may be gone, and perhaps comes back with it.
    private CallRecord endOnly(CallRecord.Dialog dialog, HangUp bye, int status) {
        return new CallRecord(
                CallRecord.State.END_ONLY,
                dialog,
                new CallRecord.Caller("", false),
                "",
                new CallRecord.Times(Optional.empty(), Optional.empty(), Optional.of(bye.when())),
                new CallRecord.Outcome(status, bye.reason(), CallRecord.Ending.UNKNOWN),
                List.of(),
                List.of(log.self()));
    }
}
