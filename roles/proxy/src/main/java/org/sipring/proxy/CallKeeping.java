package org.sipring.proxy;

import java.time.Duration;
import org.sipring.api.NodeId;
import org.sipring.proxy.journal.JournalSettings;
import org.sipring.proxy.records.CallLog;
import org.sipring.proxy.records.CallRecords;

/**
 * What a node keeps of calls.
 *
 * @param journal how much it remembers of its decisions
 * @param records where records go
 * @param longest a call of which nothing is heard for so long has ended
 * @param mostCalls how many calls are followed to their ends at the same time
 */
public record CallKeeping(JournalSettings journal, CallRecords records, Duration longest, int mostCalls) {
    /** Nothing is kept. */
    public static final CallKeeping NOTHING =
            new CallKeeping(JournalSettings.NONE, CallRecords.NONE, Duration.ofDays(1), 0);

    // A call takes less than 1 kB, and all together a tenth of the heap.
    private static final int HEAP_BYTES_PER_CALL = 10_000;

    /**
     * How many calls a heap bears.
     *
     * @param heapBytes its size
     * @return a number of calls
     */
    public static int callsFor(long heapBytes) {
        return (int) Math.min(Integer.MAX_VALUE, heapBytes / HEAP_BYTES_PER_CALL);
    }

    CallLog open(NodeId self) {
        return new CallLog(self, records, longest, mostCalls);
    }
}
