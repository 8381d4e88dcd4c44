package org.sipring.app.account;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sipring.api.Identity;
import org.sipring.app.process.CommandFailure;
import org.sipring.runtime.settings.HostPort;

/**
 * The platform's API for domains, accounts, backups and replicas, as an operator asks it, of whichever node a
 * {@link PlatformClient} finds. Used by one thread.
 */
public final class PlatformApi {
    // For what is of any size.
    private static final Duration LONG = Duration.ofMinutes(6);
    // Of the requests here only those to create something have a precondition. RFC 9110 section 15.5.13.
    private static final int EXISTS = 412;
    private static final String JSON_TYPE = "application/json";
    private static final Pattern NEXT = Pattern.compile("<([^>]+)>; rel=\"next\"");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final PlatformClient client;

    /**
     * Asks nobody yet.
     *
     * @param identity the operator's
     * @param nodes in the order to try
     */
    public PlatformApi(Identity identity, List<HostPort> nodes) {
        client = new PlatformClient(identity, nodes);
    }

    /**
     * What the API answered.
     *
     * @param text the body
     * @param next the path of the next part of a list; empty for the last
     */
    public record Answer(String text, Optional<String> next) {
        /**
         * Reads the body.
         *
         * @return the document
         * @throws IOException when it is none
         */
        public JsonNode json() throws IOException {
            return JSON.readTree(text);
        }
    }

    /**
     * Where a domain is.
     *
     * @param domain its name
     * @return a path
     */
    public static String path(String domain) {
        return ApiRequest.DOMAINS + '/' + encoded(domain);
    }

    /**
     * Where an account is.
     *
     * @param account its address
     * @return a path
     */
    public static String path(Address account) {
        return path(account.domain()) + "/accounts/" + encoded(account.user());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /**
     * Reads something.
     *
     * @param path where it is
     * @param accept the media type wanted
     * @return what is there
     * @throws CommandFailure when the API refuses, or nobody answers
     */
    public Answer get(String path, String accept) {
        return ask(ApiRequest.of("GET", path, "Accept", accept));
    }

    /** Hears a part of a list. */
    @FunctionalInterface
    public interface Page {
        /**
         * Hears it.
         *
         * @param page the part
         * @throws IOException when it is no document
         */
        void print(Answer page) throws IOException;
    }

    /**
     * Reads a list, part by part.
     *
     * @param first where it begins
     * @param accept the media type wanted
     * @param page hears each part
     * @throws IOException when a part is no document
     */
    public void pages(String first, String accept, Page page) throws IOException {
        Optional<String> path = Optional.of(first);
        while (path.isPresent()) {
            Answer answer = get(path.get(), accept);
            page.print(answer);
            path = answer.next();
        }
    }

    /**
     * Makes an account, or a domain.
     *
     * @param path where
     * @param document its document
     * @return what is there then
     */
    public Answer create(String path, JsonNode document) {
        return ask(ApiRequest.of("PUT", path, "Content-Type", JSON_TYPE, "If-None-Match", "*")
                .with(bytes(document)));
    }

    /**
     * Changes an account, or a domain.
     *
     * @param path where it is
     * @param changes what to change; null removes
     * @return what is there then
     */
    public Answer change(String path, JsonNode changes) {
        return ask(ApiRequest.of("PATCH", path, "Content-Type", "application/merge-patch+json")
                .with(bytes(changes)));
    }

    /**
     * Removes an account, or a domain.
     *
     * @param path where it is
     */
    public void remove(String path) {
        ask(ApiRequest.of("DELETE", path));
    }

    /**
     * Has something done that takes its time.
     *
     * @param path what
     * @param document its document
     */
    public void order(String path, JsonNode document) {
        ask(ApiRequest.of("POST", path, "Content-Type", JSON_TYPE).with(bytes(document)));
    }

    /**
     * Imports many accounts.
     *
     * @param path of the domain's import, with its mode
     * @param type the media type
     * @param rows the accounts
     * @return the report
     */
    public Answer take(String path, String type, byte[] rows) {
        return ask(ApiRequest.of("POST", path, "Content-Type", type).with(rows).within(LONG));
    }

    /**
     * Reads something that is too long for memory.
     *
     * @param path where it is
     * @param file it is written there; it exists and is empty
     */
    public void save(String path, Path file) {
        HostPort node = client.node();
        ApiRequest request = ApiRequest.of("GET", path).within(LONG);
        try {
            HttpResponse<Optional<String>> response = client.send(request, node, head -> saved(head, file));
            if (response.statusCode() != 200) {
                throw new CommandFailure(
                        Problem.text(response.statusCode(), response.body().orElse("")));
            }
        } catch (IOException broken) {
            throw new CommandFailure(PlatformClient.trouble(node, broken) + "; try again");
        }
    }

    private static HttpResponse.BodySubscriber<Optional<String>> saved(HttpResponse.ResponseInfo head, Path file) {
        return head.statusCode() == 200
                ? BodySubscribers.mapping(
                        BodySubscribers.ofFile(file, StandardOpenOption.WRITE), written -> Optional.empty())
                : BodySubscribers.mapping(BodySubscribers.ofString(StandardCharsets.UTF_8), Optional::of);
    }

    private static byte[] bytes(JsonNode document) {
        return document.toString().getBytes(StandardCharsets.UTF_8);
    }

    private Answer ask(ApiRequest request) {
        HostPort node = client.node();
        try {
            HttpResponse<String> response = client.send(request, node, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() == EXISTS) {
                throw new CommandFailure("there is such %s already: 'sipring %s set' changes it"
                        .formatted(request.isOfDomain() ? "a domain" : "an account", request.thing()));
            }
            if (response.statusCode() >= 300) {
                throw new CommandFailure(Problem.text(response.statusCode(), response.body()));
            }
            return new Answer(response.body(), next(response));
        } catch (IOException broken) {
            throw new CommandFailure(PlatformClient.trouble(node, broken)
                    + (request.method().equals("GET")
                            ? "; try again"
                            : "; it may or may not have been done: look with 'sipring " + request.look()
                                    + "', or give the command again"));
        }
    }

    private static Optional<String> next(HttpResponse<?> response) {
        return response.headers()
                .firstValue("Link")
                .map(NEXT::matcher)
                .filter(Matcher::find)
                .map(link -> link.group(1));
    }
}
