package org.sipring.provisioning.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.sipring.http.HttpReply;
import org.sipring.provisioning.audit.Audit;
import org.sipring.provisioning.problem.Problem;

/** What has been changed lately. */
final class AuditRoutes {
    private static final int USUAL = 100;
    private static final int MOST = 1000;

    private final Audit audit;

    AuditRoutes(Audit audit) {
        this.audit = audit;
    }

    CompletionStage<Done> list(Call call) {
        return Paging.read(call, USUAL, MOST, paging -> page(call, paging), Done::now);
    }

    private CompletionStage<Done> page(Call call, Paging paging) {
        try {
            Instant before = paging.after().isEmpty() ? Instant.MAX : Instant.parse(paging.after());
            return Done.now(page(call, paging, before));
        } catch (DateTimeParseException malformed) {
            return Done.now(Problem.parameter("cursor", "must be one that an answer named as next"));
        }
    }

    private HttpReply page(Call call, Paging paging, Instant before) {
        List<JsonNode> found = audit.latest(before, paging.limit() + 1);
        Paging.Part<JsonNode> part =
                paging.part(found, change -> change.path("time").asText());
        return Replies.list(call, "changes", part.items(), part.next());
    }
}
