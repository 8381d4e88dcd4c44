package org.sipring.app.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** As much of JSON Schema as {@code docs/status.schema.json} uses; a word that it does not know is a breach. */
final class Schema {
    private static final Set<String> WORDS = Set.of(
            "$schema",
            "title",
            "description",
            "type",
            "required",
            "properties",
            "items",
            "enum",
            "pattern",
            "minimum",
            "maximum");

    private final List<String> breaches = new ArrayList<>();

    private Schema() {}

    /** Every way in which a document does not follow a schema. */
    static List<String> breaches(JsonNode schema, JsonNode document) {
        Schema reading = new Schema();
        reading.check(schema, document, "$");
        return reading.breaches;
    }

    private void check(JsonNode schema, JsonNode value, String path) {
        Set<String> unknown = new TreeSet<>();
        schema.fieldNames().forEachRemaining(unknown::add);
        unknown.removeAll(WORDS);
        breach(!unknown.isEmpty(), path + ": this test does not know " + unknown);
        breach(!hasType(schema.path("type"), value), path + " is not of type " + schema.path("type") + ": " + value);
        breach(
                schema.has("enum") && !contains(schema.path("enum"), value),
                path + " is none of " + schema.path("enum") + ": " + value);
        breach(
                schema.has("pattern")
                        && !value.asText().matches(schema.path("pattern").asText()),
                path + " does not match " + schema.path("pattern") + ": " + value);
        breach(
                schema.has("minimum")
                        && value.asDouble() < schema.path("minimum").asDouble(),
                path + " is too small");
        breach(
                schema.has("maximum")
                        && value.asDouble() > schema.path("maximum").asDouble(),
                path + " is too large");
        schema.path("required").forEach(key -> breach(!value.has(key.asText()), path + " lacks " + key));
        schema.path("properties").properties().forEach(property -> {
            if (value.has(property.getKey())) {
                check(property.getValue(), value.get(property.getKey()), path + "." + property.getKey());
            }
        });
        if (schema.has("items")) {
            value.forEach(item -> check(schema.get("items"), item, path + "[]"));
        }
    }

    private void breach(boolean found, String text) {
        if (found) {
            breaches.add(text);
        }
    }

    private static boolean contains(JsonNode all, JsonNode value) {
        for (JsonNode each : all) {
            if (each.equals(value)) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasType(JsonNode type, JsonNode value) {
        if (type.isMissingNode()) {
            return true;
        }
        if (type.isArray()) {
            for (JsonNode each : type) {
                if (hasType(each, value)) {
                    return true;
                }
            }
            return false;
        }
        return switch (type.asText()) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isTextual();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            case "null" -> value.isNull();
            default -> false;
        };
    }
}
