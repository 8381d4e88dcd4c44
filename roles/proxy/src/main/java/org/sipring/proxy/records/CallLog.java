package org.sipring.proxy.records;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.sipring.api.NodeId;
import org.sipring.api.Ticker;
import org.sipring.sip.SipMessage;

/** The calls of one node that go on, and where records go. Callable from any thread; a BYE may come to any loop. */
public final class CallLog {
    private static final Duration SWEEP = Duration.ofSeconds(10);

    private final NodeId self;
    private final CallRecords records;
    private final Duration longest;
    private final int most;
    private final Map<CallRecord.Dialog, AnsweredCall> talking = new ConcurrentHashMap<>();

    /**
     * No call yet.
     *
     * @param self this node
     * @param records where records go
     * @param longest a call of which nothing is heard for so long has ended
     * @param most how many calls are followed to their ends at the same time
     */
    public CallLog(NodeId self, CallRecords records, Duration longest, int most) {
        this.self = self;
        this.records = records;
        this.longest = longest;
        this.most = most;
    }

    /**
     * Looks every few seconds for calls that have ended without a word.
     *
     * @param room where to look
     */
    public void watch(Ticker room) {
        room.after(SWEEP, () -> {
            sweep(room.nanos());
            watch(room);
        });
    }

    private void sweep(long now) {
        talking.forEach((dialog, call) -> {
            if (call.silentAt(now) && talking.remove(dialog, call)) {
                records.take(call.unheard());
            }
        });
    }

    /** How many calls go on, as far as is known. */
    public int size() {
        return talking.size();
    }

    NodeId self() {
        return self;
    }

    void take(CallRecord record) {
        records.take(record);
    }

    /** A call is answered. One too many, or one with an endless name, is not followed to its end. */
    void answered(CallRecord record, AnsweredCall.Sides sides, SipMessage ok, long now) {
        records.take(record);
        CallRecord.Dialog dialog = record.dialog();
        if (talking.size() < most && dialog.whole()) {
            AnsweredCall call = new AnsweredCall(record, sides, longest);
            call.heard(ok, now);
            AnsweredCall before = talking.put(dialog, call);
            if (before != null) {
                // Its caller began another call under the same name.
                records.take(before.unheard());
            }
        }
    }

    /** The call that a request of its dialog belongs to; null where this node follows none such. */
    @Nullable
    AnsweredCall find(String callId, String fromTag, String toTag) {
        AnsweredCall callers = talking.get(new CallRecord.Dialog(callId, fromTag, toTag));
        return callers == null ? talking.get(new CallRecord.Dialog(callId, toTag, fromTag)) : callers;
    }

    /** A BYE has ended a call. */
    void ended(AnsweredCall call, String byTag, HangUp bye) {
        if (talking.remove(call.answered().dialog(), call)) {
            CallRecord.Ending by = call.isCaller(byTag) ? CallRecord.Ending.CALLER : CallRecord.Ending.CALLEE;
            records.take(call.answered().over(by, Optional.of(bye.when()), bye.reason()));
        }
    }
}
