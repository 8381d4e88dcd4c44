package org.sipring.app.node;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.sipring.api.NodeId;
import org.sipring.http.HttpPage;
import org.sipring.http.HttpReply;
import org.sipring.proxy.journal.JournalQuery;

/** What the platform did with a call, over HTTP: {@code /why?call-id=...}, the Call-ID percent-encoded. */
final class WhyPage implements HttpPage {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ASKS = "call-id=";

    private final JournalQuery journals;

    WhyPage(JournalQuery journals) {
        this.journals = journals;
    }

    @Override
    public CompletionStage<HttpReply> get(String query) {
        if (!query.startsWith(ASKS) || query.length() == ASKS.length()) {
            return CompletableFuture.completedFuture(HttpReply.text(400, "ask for /why?call-id=CALL-ID"));
        }
        try {
            String call = URLDecoder.decode(query.substring(ASKS.length()), StandardCharsets.UTF_8);
            return journals.ask(call).thenApply(answer -> HttpReply.json(write(answer)));
        } catch (IllegalArgumentException malformed) {
            return CompletableFuture.completedFuture(HttpReply.text(400, "the Call-ID is not percent-encoded"));
        }
    }

    private static byte[] write(JournalQuery.Answer answer) {
        ObjectNode root = JSON.createObjectNode();
        ArrayNode events = root.putArray("events");
        for (JournalQuery.Event event : answer.events()) {
            events.addObject()
                    .put("time", event.note().time().toString())
                    .put("node", event.node().value())
                    .put("text", event.note().text());
        }
        ArrayNode silent = root.putArray("silent");
        answer.silent().stream().map(NodeId::value).forEach(silent::add);
        return root.toString().getBytes(StandardCharsets.UTF_8);
    }
}
