package org.sipring.http;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** Pages, each under a path of its own: GET, HEAD and POST, without bodies. Callable from any thread. */
public final class HttpPages implements HttpService {
    private final Map<String, HttpPage> pages = new ConcurrentHashMap<>();

    /**
     * Adds a page, or replaces it, also while a server shows them.
     *
     * @param path exact, such as {@code /status}
     * @param page answers
     * @return this
     */
    public HttpPages route(String path, HttpPage page) {
        pages.put(path, page);
        return this;
    }

    @Override
    public int bodyBytes(HttpRequest head) {
        return 0;
    }

    @Override
    public CompletionStage<HttpReply> answer(HttpRequest request) {
        HttpPage page = pages.get(request.path());
        if (request.oversize()) {
            return refuse(HttpReply.text(413, "requests have no body here"));
        }
        return switch (request.method()) {
            case "GET", "HEAD" -> page == null ? nothing() : page.get(request.query());
            case "POST" ->
                page == null
                        ? nothing()
                        : page.post(request.query(), request.field("Authorization"))
                                .thenApply(HttpPages::allow);
            default -> refuse(allow(HttpReply.text(405, "use GET")));
        };
    }

    private static HttpReply allow(HttpReply reply) {
        return reply.status() == 405 ? reply.with("Allow", "GET, HEAD") : reply;
    }

    private static CompletionStage<HttpReply> nothing() {
        return refuse(HttpReply.text(404, "there is no such page"));
    }

    private static CompletionStage<HttpReply> refuse(HttpReply reply) {
        return CompletableFuture.completedFuture(reply);
    }
}
