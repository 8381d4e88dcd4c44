package org.sipring.testkit;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.sipring.api.NodeId;
import org.sipring.api.Overlay;

/** Who answers at a node, by subject. */
final class Handlers {
    private final Map<String, Overlay.Handler> handlers = new HashMap<>();

    void put(String subject, Overlay.Handler handler) {
        handlers.put(subject, handler);
    }

    /** The answer; fails when there is no handler, and when the handler fails. */
    CompletionStage<byte[]> answer(NodeId from, String subject, byte[] body) {
        Overlay.Handler handler = handlers.get(subject);
        if (handler == null) {
            return CompletableFuture.failedFuture(new IllegalStateException("nobody answers " + subject));
        }
        try {
            return handler.answer(from, body);
        } catch (RuntimeException failure) {
            return CompletableFuture.failedFuture(failure);
        }
    }

    /** Hands an answer to who waits for it. */
    static void settle(CompletableFuture<byte[]> waiting, byte[] answer, @Nullable Throwable failure) {
        if (failure == null) {
            waiting.complete(answer);
        } else {
            waiting.completeExceptionally(failure);
        }
    }
}
