package org.sipring.app.account;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;
import org.sipring.api.Identity;
import org.sipring.api.RoleName;
import org.sipring.app.process.CommandFailure;
import org.sipring.runtime.settings.HostPort;

/**
 * The platform's API for domains, accounts, backups and replicas, as an operator asks it. Of the nodes it takes the first that answers,
 * proves to be one that provisions, and can read its store; only then is anything sent that somebody else must not read. Used
 * by one thread.
 */
public final class AccountsApi {
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(3);
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration IMPORT_LIMIT = Duration.ofMinutes(6);
    // Of the requests here only those to create something have a precondition. RFC 9110 section 15.5.13.
    private static final int EXISTS = 412;
    private static final String DOMAINS = "/v1/domains";
    private static final String STORE = "/v1/store/";
    private static final Pattern NEXT = Pattern.compile("<([^>]+)>; rel=\"next\"");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Identity identity;
    private final List<HostPort> nodes;
    private final HttpClient http;
    private @Nullable HostPort chosen;

    /**
     * Asks nobody yet.
     *
     * @param identity the operator's
     * @param nodes in the order to try
     */
    public AccountsApi(Identity identity, List<HostPort> nodes) {
        this.identity = identity;
        this.nodes = List.copyOf(nodes);
        this.http = HttpClient.newBuilder()
                .sslContext(identity.tls())
                .version(HttpClient.Version.HTTP_1_1)
                .proxy(HttpClient.Builder.NO_PROXY)
                .connectTimeout(CONNECT_LIMIT)
                .build();
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
        return DOMAINS + '/' + encoded(domain);
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
        return ask(new Wish("GET", path, LIMIT, new byte[0], List.of("Accept", accept)));
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
        return ask(new Wish(
                "PUT",
                path,
                LIMIT,
                bytes(document),
                List.of("Content-Type", "application/json", "If-None-Match", "*")));
    }

    /**
     * Changes an account, or a domain.
     *
     * @param path where it is
     * @param changes what to change; null removes
     * @return what is there then
     */
    public Answer change(String path, JsonNode changes) {
        return ask(new Wish(
                "PATCH", path, LIMIT, bytes(changes), List.of("Content-Type", "application/merge-patch+json")));
    }

    /**
     * Removes an account, or a domain.
     *
     * @param path where it is
     */
    public void remove(String path) {
        ask(new Wish("DELETE", path, LIMIT, new byte[0], List.of()));
    }

    /**
     * Has something done that takes its time.
     *
     * @param path what
     * @param document its document
     */
    public void order(String path, JsonNode document) {
        ask(new Wish("POST", path, LIMIT, bytes(document), List.of("Content-Type", "application/json")));
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
        return ask(new Wish("POST", path, IMPORT_LIMIT, rows, List.of("Content-Type", type)));
    }

    /**
     * Reads something that is too long for memory.
     *
     * @param path where it is
     * @param file it is written there; it exists and is empty
     */
    public void save(String path, Path file) {
        HostPort node = node();
        Wish wish = new Wish("GET", path, IMPORT_LIMIT, new byte[0], List.of());
        try {
            HttpResponse<Optional<String>> response = send(wish, node, head -> saved(head, file));
            if (response.statusCode() != 200) {
                throw new CommandFailure(
                        Problem.text(response.statusCode(), response.body().orElse("")));
            }
        } catch (IOException broken) {
            throw new CommandFailure(trouble(node, broken) + "; try again");
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

    /**
     * A request.
     *
     * @param fields of its head, names and values in turn
     */
    private record Wish(String method, String path, Duration limit, byte[] body, List<String> fields) {
        boolean domain() {
            return path.matches(DOMAINS + "/[^/]*");
        }

        String thing() {
            return domain() ? "domain" : "account";
        }

        String look() {
            return path.startsWith(STORE) ? "status" : thing() + " show";
        }

        HttpRequest at(HostPort node) {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("https://" + node + path))
                    .timeout(limit)
                    .method(method, HttpRequest.BodyPublishers.ofByteArray(body));
            if (!fields.isEmpty()) {
                request.headers(fields.toArray(String[]::new));
            }
            return request.build();
        }
    }

    private Answer ask(Wish wish) {
        HostPort node = node();
        try {
            HttpResponse<String> response = send(wish, node);
            if (response.statusCode() == EXISTS) {
                throw new CommandFailure("there is such %s already: 'sipring %s set' changes it"
                        .formatted(wish.domain() ? "a domain" : "an account", wish.thing()));
            }
            if (response.statusCode() >= 300) {
                throw new CommandFailure(Problem.text(response.statusCode(), response.body()));
            }
            return new Answer(response.body(), next(response));
        } catch (IOException broken) {
            throw new CommandFailure(trouble(node, broken)
                    + (wish.method().equals("GET")
                            ? "; try again"
                            : "; it may or may not have been done: look with 'sipring " + wish.look()
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

    private HostPort node() {
        HostPort known = chosen;
        if (known != null) {
            return known;
        }
        List<String> silent = new ArrayList<>();
        for (HostPort node : nodes) {
            Optional<String> trouble = trouble(node);
            if (trouble.isEmpty()) {
                chosen = node;
                return node;
            }
            silent.add(trouble.get());
        }
        throw new CommandFailure(
                "no node could be asked about accounts; is the platform running, and the certificate one of"
                        + " its own?\n  " + String.join("\n  ", silent));
    }

    /** Why a node cannot be asked. Whom a good node does not let in, the others would not either. */
    private Optional<String> trouble(HostPort node) {
        try {
            HttpResponse<String> response = send(new Wish("GET", DOMAINS, LIMIT, new byte[0], List.of()), node);
            int status = response.statusCode();
            if (Set.of(401, 403).contains(status)) {
                throw new CommandFailure(node + ": " + Problem.text(status, response.body()));
            }
            return status == 200 ? Optional.empty() : Optional.of(node + ": " + Problem.text(status, response.body()));
        } catch (IOException silent) {
            return Optional.of(trouble(node, silent));
        }
    }

    private static String trouble(HostPort node, IOException failure) {
        String message = failure.getMessage() == null ? "no connection" : failure.getMessage();
        // What the node says of our certificate in TLS is a word only, of which there are several for one reason.
        String hint = message.contains("fatal alert")
                ? ": the node refuses the operator's certificate; has it ended, or was it revoked?"
                : "";
        return node + ": " + message + hint;
    }

    private HttpResponse<String> send(Wish wish, HostPort node) throws IOException {
        return send(wish, node, HttpResponse.BodyHandlers.ofString());
    }

    private <T> HttpResponse<T> send(Wish wish, HostPort node, HttpResponse.BodyHandler<T> body) throws IOException {
        try {
            HttpResponse<T> response = http.send(wish.at(node), body);
            check(response.sslSession());
            return response;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    // The handshake has shown a certificate of the platform's CA; not that its holder may be told passwords.
    private void check(Optional<SSLSession> session) throws IOException {
        try {
            Identity.Holder server = identity.authenticate(session.orElseThrow());
            if (!server.may(RoleName.PROVISIONING)) {
                throw new IOException("this is " + server.node() + ", whose certificate does not permit provisioning");
            }
        } catch (CertificateException nobody) {
            throw new IOException("it did not prove to be a node of the platform: " + nobody.getMessage(), nobody);
        }
    }
}
