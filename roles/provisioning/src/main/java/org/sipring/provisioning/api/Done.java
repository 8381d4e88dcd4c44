package org.sipring.provisioning.api;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.sipring.http.HttpReply;
import org.sipring.provisioning.problem.Problem;

/**
 * What became of a call.
 *
 * @param reply for the caller
 * @param fields which fields have changed, for the audit log
 */
record Done(HttpReply reply, List<String> fields) {
    Done {
        fields = List.copyOf(fields);
    }

    /** What was to be changed is another now. */
    static Done changedMeanwhile() {
        return new Done(
                Preconditions.failed("somebody has changed it meanwhile: read it again")
                        .reply(),
                List.of());
    }

    static CompletionStage<Done> now(HttpReply reply) {
        return CompletableFuture.completedFuture(new Done(reply, List.of()));
    }

    static CompletionStage<Done> now(Problem problem) {
        return now(problem.reply());
    }

    static CompletionStage<Done> now(int status, String detail) {
        return now(new Problem(status, detail));
    }
}
