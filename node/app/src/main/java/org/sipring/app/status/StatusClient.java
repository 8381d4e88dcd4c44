package org.sipring.app.status;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.sipring.app.node.ControlKey;
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
                silent.add(trouble(authority, e));
            }
        }
        throw nobody(silent);
    }

    private static String trouble(String authority, IOException failure) {
        return authority + ": " + (failure.getMessage() == null ? "no connection" : failure.getMessage());
    }

    private static CommandFailure nobody(List<String> silent) {
        return new CommandFailure(
                "no node answered; is the platform running? Any live node's identity folder will do\n  "
                        + String.join("\n  ", silent));
    }

    /**
     * Has a node change something.
     *
     * @param nodes in the order to try
     * @param path what to do
     * @return what the first that answered did
     * @throws CommandFailure when it refuses, or none answers
     */
    public String command(List<ControlPoint> nodes, String path) {
        List<String> silent = new ArrayList<>();
        for (ControlPoint node : nodes) {
            try {
                String authorization = ControlKey.authorization(node.key());
                HttpRequest.Builder request = request(node.authority(), path)
                        .header("Authorization", authorization)
                        .POST(HttpRequest.BodyPublishers.noBody());
                return done(send(request));
            } catch (NoSuchFileException none) {
                silent.add(
                        node.key() + " is not there: commands that change something are given on the node's own host,"
                                + " while it runs");
            } catch (AccessDeniedException denied) {
                throw new CommandFailure(
                        node.key() + " may not be read: give the command as the user that the node runs as");
            } catch (IOException e) {
                silent.add(trouble(node.authority(), e));
            }
        }
        throw nobody(silent);
    }

    private static String done(HttpResponse<String> response) throws IOException {
        String text = response.body().stripTrailing();
        return switch (response.statusCode()) {
            case 200 -> text;
            case 400, 403, 409 -> throw new CommandFailure(text);
            default -> throw new IOException("HTTP status " + response.statusCode());
        };
    }

    private Answer get(String authority, String path) throws IOException {
        HttpResponse<String> response = send(request(authority, path));
        return switch (response.statusCode()) {
            case 200 -> new Answer(true, response.body());
            case 503 -> new Answer(false, response.body());
            case 409 -> throw new CommandFailure(response.body().stripTrailing());
            default -> throw new IOException("HTTP status " + response.statusCode());
        };
    }

    private static HttpRequest.Builder request(String authority, String path) {
        return HttpRequest.newBuilder(URI.create("http://" + authority + path)).timeout(LIMIT);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
