package org.sipring.app.world;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sipring.proxy.records.CallRecord;

/** The call records of all nodes, as their disks have them: those of nodes that died as well. */
final class Ledger {
    private final Map<String, List<Line>> lines = new HashMap<>();

    /**
     * One record.
     *
     * @param node the process that wrote it
     * @param record what it wrote
     */
    record Line(WorldNode node, CallRecord record) {}

    void take(WorldNode node, CallRecord record) {
        lines.computeIfAbsent(record.dialog().callId(), call -> new ArrayList<>())
                .add(new Line(node, record));
    }

    /** All of a call, in the order of their writing. */
    List<Line> of(Call call) {
        return lines.getOrDefault(call.id(), List.of());
    }
}
