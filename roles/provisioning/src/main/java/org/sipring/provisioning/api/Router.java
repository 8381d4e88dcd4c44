package org.sipring.provisioning.api;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.sipring.http.HttpReply;
import org.sipring.http.HttpRequest;
import org.sipring.provisioning.problem.Problem;

/** Finds the route of a request. Pure. */
final class Router {
    private final Map<Route, PathTemplate> routes = new LinkedHashMap<>();

    Router(List<Route> routes) {
        routes.forEach(route -> this.routes.put(route, new PathTemplate(route.template())));
    }

    /**
     * What a request asks of the API.
     *
     * @param route its route
     * @param path what the path names
     */
    record Found(Route route, Map<String, String> path) {
        Found {
            path = Map.copyOf(path);
        }
    }

    Optional<Found> find(HttpRequest request) {
        // HEAD is answered like GET: RFC 9110 section 9.3.2.
        String method = request.method().equals("HEAD") ? "GET" : request.method();
        return routes.entrySet().stream()
                .filter(entry -> entry.getKey().method().equals(method))
                .flatMap(entry ->
                        entry.getValue().match(request.path()).stream().map(path -> new Found(entry.getKey(), path)))
                .findFirst();
    }

    /** For a request that has no route. */
    HttpReply refuse(HttpRequest request) {
        String allowed = routes.entrySet().stream()
                .filter(entry -> entry.getValue().match(request.path()).isPresent())
                .map(entry -> entry.getKey().method())
                .sorted()
                .map(method -> method.equals("GET") ? "GET, HEAD" : method)
                .collect(Collectors.joining(", "));
        return allowed.isEmpty()
                ? new Problem(404, "there is no such path; /v1/openapi.json names them all").reply()
                : new Problem(405, "use " + allowed).reply().with("Allow", allowed);
    }
}
