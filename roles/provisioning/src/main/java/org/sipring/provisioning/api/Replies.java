package org.sipring.provisioning.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.sipring.http.HttpReply;
import org.sipring.provisioning.form.Json;
import org.sipring.provisioning.problem.Problem;

/** What several handlers say and ask. Pure. */
final class Replies {
    private Replies() {}

    static HttpReply json(int status, JsonNode document) {
        return new HttpReply(status, MediaTypes.JSON, document.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** A list's part: its items under a name, and {@code next} where there are more. */
    static HttpReply list(Call call, String name, List<? extends JsonNode> items, Optional<String> next) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        ArrayNode array = document.putArray(name);
        items.forEach(array::add);
        next.ifPresent(cursor -> document.put("next", cursor));
        HttpReply reply = json(200, document);
        return next.map(cursor -> reply.with("Link", Paging.link(call, cursor))).orElse(reply);
    }

    /** Goes on with the JSON document in a request's body. */
    static CompletionStage<Done> withJson(Call call, String mediaType, Function<JsonNode, CompletionStage<Done>> next) {
        if (!MediaTypes.sent(call.request()).equals(mediaType)) {
            return unsupported(mediaType);
        }
        String[] mistake = {""};
        return Json.read(call.request().body(), text -> mistake[0] = text)
                .map(next)
                .orElseGet(() -> Done.now(400, mistake[0]));
    }

    /** RFC 9110 section 15.5.16. */
    static CompletionStage<Done> unsupported(String wanted) {
        HttpReply reply = new Problem(415, "send " + wanted).reply();
        return Done.now(wanted.equals(MediaTypes.MERGE_PATCH) ? reply.with("Accept-Patch", wanted) : reply);
    }
}
