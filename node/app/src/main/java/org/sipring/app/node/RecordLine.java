package org.sipring.app.node;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.sipring.api.NodeId;
import org.sipring.proxy.records.CallRecord;

/** A record as a line of JSON, as docs/operations.md describes it. Pure. */
final class RecordLine {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int VERSION = 1;

    private RecordLine() {}

    static byte[] of(CallRecord record) {
        ObjectNode line = JSON.createObjectNode()
                .put("v", VERSION)
                .put("state", word(record.state()))
                .put("call-id", record.dialog().callId())
                .put("from-tag", record.dialog().fromTag())
                .put("to-tag", record.dialog().toTag());
        if (record.state() != CallRecord.State.END_ONLY) {
            parties(line, record);
        }
        line.put("status", record.outcome().status());
        record.times().end().ifPresent(end -> line.put("end", time(end)));
        record.outcome().reason().ifPresent(reason -> line.put("reason", reason));
        if (record.state() == CallRecord.State.OVER) {
            line.put("ended-by", word(record.outcome().ending()));
        }
        ArrayNode nodes = line.putArray("nodes");
        record.nodes().stream().map(NodeId::value).forEach(nodes::add);
        return (line + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static void parties(ObjectNode line, CallRecord record) {
        line.put("caller", record.caller().address())
                .put("proved", record.caller().proved())
                .put("callee", record.callee());
        forwards(line, record.forwards());
        record.times().start().ifPresent(start -> line.put("start", time(start)));
        record.times().answer().ifPresent(answer -> line.put("answer", time(answer)));
    }

    private static void forwards(ObjectNode line, List<CallRecord.Forward> forwards) {
        if (!forwards.isEmpty()) {
            ArrayNode all = line.putArray("forwarded");
            forwards.forEach(forward -> all.addObject()
                    .put("by", forward.by())
                    .put("to", forward.to())
                    .put("cause", forward.cause()));
            line.put("payer", forwards.get(forwards.size() - 1).by());
        }
    }

    // RFC 3339, with as many digits as milliseconds need.
    private static String time(Instant instant) {
        return Instant.ofEpochMilli(instant.toEpochMilli()).toString();
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
