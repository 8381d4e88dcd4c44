package org.sipring.app.account;

import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import org.sipring.runtime.settings.HostPort;

/**
 * A request to the API, of whichever node.
 *
 * @param method of HTTP
 * @param path what is asked for
 * @param limit how long its answer may take
 * @param body empty for none
 * @param fields of its head, names and values in turn
 */
record ApiRequest(String method, String path, Duration limit, byte[] body, List<String> fields) {
    /** Where domains are listed, and below it all that they have. */
    static final String DOMAINS = "/v1/domains";

    private static final String STORE = "/v1/store/";
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final byte[] NO_BODY = {};

    /** One that brings nothing. */
    static ApiRequest of(String method, String path, String... fields) {
        return new ApiRequest(method, path, LIMIT, NO_BODY, List.of(fields));
    }

    /** The same with a body. */
    ApiRequest with(byte[] content) {
        return new ApiRequest(method, path, limit, content, fields);
    }

    /** The same with another limit. */
    ApiRequest within(Duration longest) {
        return new ApiRequest(method, path, longest, body, fields);
    }

    /** Whether it is about a domain itself. */
    boolean isOfDomain() {
        return path.matches(DOMAINS + "/[^/]*");
    }

    /** What it is about, as the commands call it. */
    String thing() {
        return isOfDomain() ? "domain" : "account";
    }

    /** The command that shows what has become of it. */
    String look() {
        return path.startsWith(STORE) ? "status" : thing() + " show";
    }

    /** As a node is asked. */
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
