package org.sipring.http;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Answers the requests for one path. */
@FunctionalInterface
public interface HttpPage {
    /**
     * Answers a GET.
     *
     * @param query what follows the question mark, as sent; empty when there is none
     * @return the reply; called on the HTTP thread, so it must not block, but it may complete later, elsewhere
     */
    CompletionStage<HttpReply> get(String query);

    /**
     * Answers a POST, which changes something. It has no body; and since any page that a browser shows may send one, a page
     * that takes it asks for a proof.
     *
     * @param query what follows the question mark, as sent; empty when there is none
     * @param authorization the Authorization header
     * @return the reply; on the same thread and terms. Pages that change nothing refuse
     */
    default CompletionStage<HttpReply> post(String query, Optional<String> authorization) {
        return CompletableFuture.completedFuture(HttpReply.text(405, "use GET"));
    }

    /**
     * A page whose content is at hand.
     *
     * @param content must not block
     * @return the page
     */
    static HttpPage of(Supplier<HttpReply> content) {
        return query -> CompletableFuture.completedFuture(content.get());
    }
}
