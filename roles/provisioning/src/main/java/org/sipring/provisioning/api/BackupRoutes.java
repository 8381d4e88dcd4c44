package org.sipring.provisioning.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.sipring.api.Backups;
import org.sipring.http.HttpReply;
import org.sipring.provisioning.form.RestoreForm;
import org.sipring.provisioning.problem.Problem;

/** All documents at once: an archive of them, and their way back, part by part. */
final class BackupRoutes {
    static final String ARCHIVE = "application/octet-stream";

    private static final String IN_MEMORY = "this platform keeps its documents in memory (store.durable = false): its"
            + " accounts are in the files that node.accounts-file names on each node, and those are what to keep";

    private final Optional<Backups> backups;

    BackupRoutes(Optional<Backups> backups) {
        this.backups = backups;
    }

    private CompletionStage<Done> with(Function<Backups, CompletionStage<Done>> next) {
        return backups.map(next).orElseGet(() -> Done.now(409, IN_MEMORY));
    }

    CompletionStage<Done> give(Call call) {
        return with(all -> all.make(call.caller().certificate().orElseThrow())
                .thenApply(file -> new Done(HttpReply.file(ARCHIVE, file), List.of())));
    }

    CompletionStage<Done> take(Call call) {
        boolean pretend = call.parameter("pretend").filter("true"::equals).isPresent();
        return with(all -> Replies.withJson(call, MediaTypes.JSON, document -> take(all, document, pretend)));
    }

    private static CompletionStage<Done> take(Backups backups, JsonNode document, boolean pretend) {
        RestoreForm.Reading reading = RestoreForm.read(document);
        return reading.form()
                .map(form -> take(backups, form, pretend))
                .orElseGet(
                        () -> Done.now(new Problem(400, "some fields are not as they should be", reading.problems())));
    }

    private static CompletionStage<Done> take(Backups backups, RestoreForm form, boolean pretend) {
        CompletionStage<Void> large = pretend ? CompletableFuture.completedFuture(null) : backups.write(form.large());
        return large.thenCompose(written -> form.part()
                        .map(part -> backups.replace(part, pretend))
                        .orElseGet(() -> CompletableFuture.completedFuture(Backups.Replaced.NOTHING)))
                .thenApply(replaced -> new Done(Replies.json(200, json(replaced)), said(form, replaced, pretend)))
                .exceptionallyCompose(BackupRoutes::judge);
    }

    // What refers to a large value, or is said to be one, needs all that it is made of to have been sent.
    private static CompletionStage<Done> judge(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof IllegalArgumentException
                ? Done.now(400, String.valueOf(cause.getMessage()))
                : CompletableFuture.failedFuture(cause);
    }

    private static List<String> said(RestoreForm form, Backups.Replaced replaced, boolean pretend) {
        List<String> said = new ArrayList<>();
        said.add((pretend ? "would be restored from " : "restored from ") + form.source());
        said.add(replaced.created() + " created");
        said.add(replaced.changed() + " changed");
        said.add(replaced.removed() + " removed");
        return said;
    }

    private static ObjectNode json(Backups.Replaced replaced) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("created", replaced.created())
                .put("changed", replaced.changed())
                .put("removed", replaced.removed())
                .put("same", replaced.same())
                .put("kept", replaced.kept());
    }
}
