package org.sipring.provisioning.api;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.sipring.http.HttpRequest;
import org.sipring.provisioning.access.Caller;

/**
 * A request that has found its route.
 *
 * @param request as it was sent
 * @param path what the path names, by the names in the route's template
 * @param caller who asks
 * @param when by this node's clock
 */
record Call(HttpRequest request, Map<String, String> path, Caller caller, Instant when) {
    Call {
        path = Map.copyOf(path);
    }

    String named(String name) {
        return path.getOrDefault(name, "");
    }

    /** The account that the path names. */
    String aor() {
        return named("user") + '@' + named("domain");
    }

    /** A parameter of the query; empty where it is missing, or cannot be read. */
    Optional<String> parameter(String name) {
        return Arrays.stream(request.query().split("&"))
                .map(field -> field.split("=", 2))
                .filter(field -> field.length == 2 && field[0].equals(name))
                .flatMap(field -> decoded(field[1]).stream())
                .findFirst();
    }

    private static Optional<String> decoded(String text) {
        try {
            return Optional.of(URLDecoder.decode(text, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }
}
