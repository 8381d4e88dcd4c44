package org.sipring.provisioning.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.sipring.testkit.JsonSchemas;

/** Holds answers against the OpenAPI document: that it knows their status, their media type, and what is in them. */
final class DocumentedAnswers {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode document;

    DocumentedAnswers() throws IOException {
        try (InputStream in = Api.class.getResourceAsStream("openapi.json")) {
            document = JSON.readTree(Objects.requireNonNull(in));
        }
    }

    /** What the document does not say of an answer; nothing where it has no such operation. */
    List<String> breaches(String method, HttpResponse<String> reply) {
        return operation(method, reply.uri().getRawPath())
                .map(operation -> {
                    JsonNode said = resolved(operation.path("responses").path(Integer.toString(reply.statusCode())));
                    return said.isMissingNode()
                            ? List.of("it does not know that " + operation.path("operationId") + " answers "
                                    + reply.statusCode() + ": " + reply.body())
                            : content(said, reply);
                })
                .orElse(List.of());
    }

    private Optional<JsonNode> operation(String method, String path) {
        return document.path("paths").properties().stream()
                .filter(item -> matches(item.getKey(), path))
                .map(Map.Entry::getValue)
                .map(item -> item.path(method.toLowerCase(Locale.ROOT)))
                .filter(operation -> !operation.isMissingNode())
                .findFirst();
    }

    private static boolean matches(String template, String path) {
        String[] fixed = template.split("\\{[a-z]+}", -1);
        List<String> quoted = new ArrayList<>();
        for (String part : fixed) {
            quoted.add(Pattern.quote(part));
        }
        return path.matches(String.join("[^/]+", quoted));
    }

    private JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? document.at(node.path("$ref").asText().substring(1)) : node;
    }

    private List<String> content(JsonNode said, HttpResponse<String> reply) {
        String type = reply.headers().firstValue("Content-Type").orElse("").split(";", -1)[0];
        if (reply.body().isEmpty()) {
            return said.has("content")
                    ? List.of("it says that " + reply.statusCode() + " has a content, and there is none")
                    : List.of();
        }
        JsonNode media = said.path("content").path(type);
        if (media.isMissingNode()) {
            return List.of("it does not know that " + reply.statusCode() + " may be '" + type + "': " + reply.body());
        }
        return type.endsWith("json") ? breaches(media.path("schema"), reply.body()) : List.of();
    }

    private List<String> breaches(JsonNode schema, String body) {
        try {
            // References are within the document.
            ObjectNode whole = schema.deepCopy();
            whole.set("components", document.path("components"));
            return JsonSchemas.breaches(whole, JSON.readTree(body));
        } catch (IOException unreadable) {
            return List.of("it is no JSON: " + body);
        }
    }
}
