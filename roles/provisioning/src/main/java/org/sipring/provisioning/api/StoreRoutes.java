package org.sipring.provisioning.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.sipring.api.NodeId;
import org.sipring.api.Replicas;
import org.sipring.api.RoleName;
import org.sipring.http.HttpReply;
import org.sipring.provisioning.form.ReplacementForm;
import org.sipring.provisioning.problem.Problem;

/** Which nodes keep the documents. */
final class StoreRoutes {
    private static final String IN_MEMORY =
            "this platform keeps its documents in memory (store.durable = false): no node"
                    + " keeps them for the others, so there is nothing to replace";

    private final Optional<Replicas> replicas;

    StoreRoutes(Optional<Replicas> replicas) {
        this.replicas = replicas;
    }

    CompletionStage<Done> replace(Call call) {
        return replicas.map(all -> Replies.withJson(call, MediaTypes.JSON, document -> replace(all, document)))
                .orElseGet(() -> Done.now(409, IN_MEMORY));
    }

    private static CompletionStage<Done> replace(Replicas replicas, JsonNode document) {
        ReplacementForm.Reading reading = ReplacementForm.read(document);
        return reading.node()
                .map(node -> replicas.replace(node)
                        .thenApply(outcome -> new Done(reply(node, outcome), List.of("replica of " + node))))
                .orElseGet(
                        () -> Done.now(new Problem(400, "some fields are not as they should be", reading.problems())));
    }

    private static HttpReply reply(NodeId node, Replicas.Outcome outcome) {
        return switch (outcome) {
            // RFC 9110 section 15.3.3: whoever leads the replicas does it, and that is to be seen in the status.
            case ORDERED ->
                Replies.json(202, JsonNodeFactory.instance.objectNode().put("node", node.value()));
            case KEEPS_NONE ->
                new Problem(404, node + " keeps none of the platform's documents: 'sipring status' says who does")
                        .reply();
            case NO_SUCCESSOR ->
                new Problem(
                                409,
                                "no other node could take the place of " + node + ": start one more that has the role "
                                        + RoleName.STORE)
                        .reply();
            case UNKNOWN -> Failures.later("it is not known yet who keeps the platform's documents; ask again later");
        };
    }
}
