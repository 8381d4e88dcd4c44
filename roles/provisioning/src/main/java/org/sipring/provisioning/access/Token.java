package org.sipring.provisioning.access;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/**
 * What is kept of a bearer token. RFC 6750.
 *
 * @param name names it to people; the token begins with it
 * @param account the one account that it is for; empty for an operator's
 * @param expires when it is no longer good
 * @param hash SHA-256 of its secret, in hexadecimal: it is random and long, so that nothing slower is needed
 */
public record Token(String name, Optional<String> account, Instant expires, String hash) {
    private static final int VERSION = 1;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Whom it lets in. */
    Caller caller() {
        return new Caller("token " + name, account);
    }

    byte[] encode() {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("version", VERSION).put("name", name);
        account.ifPresent(aor -> document.put("account", aor));
        document.put("expires", expires.toString()).put("hash", hash);
        return document.toString().getBytes(StandardCharsets.UTF_8);
    }

    static Token decode(byte[] bytes) {
        try {
            JsonNode document = JSON.readTree(bytes);
            if (document.path("version").asInt() != VERSION) {
                throw new IllegalArgumentException("a token of a newer format: update this release");
            }
            return new Token(
                    document.path("name").asText(),
                    Optional.ofNullable(document.get("account")).map(JsonNode::asText),
                    Instant.parse(document.path("expires").asText()),
                    document.path("hash").asText());
        } catch (IOException malformed) {
            throw new IllegalArgumentException("a token that is no JSON document", malformed);
        }
    }
}
