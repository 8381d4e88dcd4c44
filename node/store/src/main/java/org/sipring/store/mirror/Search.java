package org.sipring.store.mirror;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.sipring.api.NodeId;

/**
 * Asks one server after the other until one has what is looked for: whoever is behind, or has a damaged disk, may not. Lives in
 * the mirror's room.
 *
 * @param wire the way to them
 * @param question what each is asked
 * @param found what of an answer is looked for; empty where it has it not
 * @param <T> what is looked for
 */
record Search<T>(Wire wire, Question question, Function<Reply, Optional<T>> found) {
    /** Empty where all have answered and none has it; fails where none has it, and one has not answered. */
    CompletionStage<Optional<T>> among(List<NodeId> servers) {
        return servers.isEmpty()
                ? CompletableFuture.failedFuture(
                        new IllegalStateException("no other node with a replica of the store is known yet"))
                : among(servers, null);
    }

    private CompletionStage<Optional<T>> among(List<NodeId> servers, @Nullable Throwable failure) {
        if (servers.isEmpty()) {
            return failure == null
                    ? CompletableFuture.completedFuture(Optional.empty())
                    : CompletableFuture.failedFuture(failure);
        }
        List<NodeId> others = servers.subList(1, servers.size());
        return wire.ask(servers.get(0), question)
                .thenApply(this::answered)
                .thenApply(answer -> new Told<>(answer, failure))
                .exceptionally(silence -> new Told<>(Optional.empty(), silence))
                .thenCompose(told -> told.answer().isPresent()
                        ? CompletableFuture.completedFuture(told.answer())
                        : among(others, told.failure()));
    }

    /** What came of one of them, and the last failure. */
    private record Told<T>(Optional<T> answer, @Nullable Throwable failure) {}

    private Optional<T> answered(Reply reply) {
        if (reply instanceof Reply.Refused refused) {
            throw new IllegalStateException(refused.why());
        }
        return found.apply(reply);
    }
}
