package org.sipring.accounts.domain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.StreamSupport;
import org.sipring.api.Codec;
import org.sipring.sip.digest.DigestAlgorithm;

/**
 * A domain's document in JSON. What is as in a new domain is left out.
 *
 * <pre>
 *  {"version": 1, "name": "example.com", "algorithms": ["SHA-256", "MD5"], "enabled": false}
 * </pre>
 */
final class DomainCodec implements Codec<Domain> {
    private static final int VERSION = 1;
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public byte[] encode(Domain domain) {
        ObjectNode document = JSON.createObjectNode();
        document.put("version", VERSION).put("name", domain.name());
        if (!domain.algorithms().isEmpty()) {
            ArrayNode algorithms = document.putArray("algorithms");
            domain.algorithms().forEach(algorithm -> algorithms.add(algorithm.token()));
        }
        if (!domain.enabled()) {
            document.put("enabled", false);
        }
        try {
            return JSON.writeValueAsBytes(document);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    @Override
    public Domain decode(byte[] bytes) {
        JsonNode document = read(bytes);
        if (document.path("version").asInt() != VERSION) {
            throw new IllegalArgumentException("a domain of a newer format: update this release");
        }
        return new Domain(
                document.path("name").asText(),
                algorithms(document.path("algorithms")),
                document.path("enabled").asBoolean(true));
    }

    private static JsonNode read(byte[] bytes) {
        try {
            return JSON.readTree(bytes);
        } catch (IOException malformed) {
            throw new IllegalArgumentException("a domain that is no JSON document", malformed);
        }
    }

    private static List<DigestAlgorithm> algorithms(JsonNode tokens) {
        return StreamSupport.stream(tokens.spliterator(), false)
                .flatMap(token -> DigestAlgorithm.named(token.asText()).stream())
                .toList();
    }
}
