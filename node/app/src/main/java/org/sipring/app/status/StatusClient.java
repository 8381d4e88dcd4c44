package org.sipring.app.status;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.sipring.app.process.CommandFailure;

/** Asks nodes over HTTP about their platform until one answers. */
public final class StatusClient {
    private static final Duration LIMIT = Duration.ofSeconds(12);
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(1);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(CONNECT_LIMIT).build();

    /**
     * What a node said.
     *
     * @param good false when it says that all is not well
     * @param text its words
     */
    public record Answer(boolean good, String text) {}

    /**
     * Asks.
     *
     * @param authorities {@code address:port} of nodes, in the order to try
     * @param path what to ask for, such as {@code /status}
     * @return the first answer
     * @throws CommandFailure when none answers
     */
    public Answer ask(List<String> authorities, String path) {
        List<String> silent = new ArrayList<>();
        for (String authority : authorities) {
            try {
                return get(authority, path);
            } catch (IOException e) {
                silent.add(authority + ": " + (e.getMessage() == null ? "no connection" : e.getMessage()));
            }
        }
        throw new CommandFailure(
                "no node answered; is the platform running? Any live node's identity folder will do\n  "
                        + String.join("\n  ", silent));
    }

    private Answer get(String authority, String path) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + authority + path))
                .timeout(LIMIT)
                .build();
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            return switch (response.statusCode()) {
                case 200 -> new Answer(true, response.body());
                case 503 -> new Answer(false, response.body());
                default -> throw new IOException("HTTP status " + response.statusCode());
            };
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
