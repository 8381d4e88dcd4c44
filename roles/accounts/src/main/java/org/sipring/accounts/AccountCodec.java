package org.sipring.accounts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.sipring.api.Codec;
import org.sipring.sip.digest.DigestAlgorithm;

/**
 * An account's document in JSON. What is as in a new account is left out.
 *
 * <pre>
 *  {"version": 1, "aor": "alice@sipring.test", "ha1": {"MD5": "939e..."}, "aliases": ["+4930123@sipring.test"],
 *   "name": "Alice", "contacts": 5, "enabled": false, "doNotDisturb": true, "blocked": ["*@spam.example"],
 *   "forward": {"always": "sip:...", "busy": "tel:...", "noAnswer": "sip:...", "patience": 15, "unregistered": "sip:..."}}
 * </pre>
 */
final class AccountCodec implements Codec<Account> {
    private static final int VERSION = 1;
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public byte[] encode(Account account) {
        ObjectNode document = JSON.createObjectNode();
        document.put("version", VERSION).put("aor", account.aor());
        ObjectNode ha1 = document.putObject("ha1");
        new TreeMap<>(account.ha1()).forEach((algorithm, hash) -> ha1.put(algorithm.token(), hash));
        putAll(document, "aliases", account.aliases());
        if (!account.name().isEmpty()) {
            document.put("name", account.name());
        }
        account.contacts().ifPresent(most -> document.put("contacts", most));
        if (!account.enabled()) {
            document.put("enabled", false);
        }
        put(document, account.rules());
        return bytes(document);
    }

    private static void put(ObjectNode document, CallRules rules) {
        if (rules.doNotDisturb()) {
            document.put("doNotDisturb", true);
        }
        putAll(document, "blocked", rules.blocked());
        CallForwarding forwarding = rules.forwarding();
        if (!forwarding.equals(CallForwarding.NONE)) {
            ObjectNode forward = document.putObject("forward");
            forwarding.always().ifPresent(to -> forward.put("always", to));
            forwarding.busy().ifPresent(to -> forward.put("busy", to));
            forwarding.noAnswer().ifPresent(to -> forward.put("noAnswer", to));
            forward.put("patience", forwarding.patience().toSeconds());
            forwarding.unregistered().ifPresent(to -> forward.put("unregistered", to));
        }
    }

    private static void putAll(ObjectNode document, String field, List<String> texts) {
        if (!texts.isEmpty()) {
            ArrayNode array = document.putArray(field);
            texts.forEach(array::add);
        }
    }

    private static byte[] bytes(ObjectNode document) {
        try {
            return JSON.writeValueAsBytes(document);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    @Override
    public Account decode(byte[] bytes) {
        JsonNode document = read(bytes);
        if (document.path("version").asInt() != VERSION) {
            throw new IllegalArgumentException("an account of a newer format: update this release");
        }
        return new Account(
                document.path("aor").asText(),
                ha1(document.path("ha1")),
                texts(document.path("aliases")),
                document.path("name").asText(),
                document.has("contacts")
                        ? OptionalInt.of(document.get("contacts").asInt())
                        : OptionalInt.empty(),
                rules(document),
                document.path("enabled").asBoolean(true));
    }

    private static JsonNode read(byte[] bytes) {
        try {
            return JSON.readTree(bytes);
        } catch (IOException malformed) {
            throw new IllegalArgumentException("an account that is no JSON document", malformed);
        }
    }

    private static Map<DigestAlgorithm, String> ha1(JsonNode hashes) {
        Map<DigestAlgorithm, String> ha1 = new EnumMap<>(DigestAlgorithm.class);
        hashes.properties().forEach(hash -> DigestAlgorithm.named(hash.getKey())
                .ifPresent(algorithm -> ha1.put(algorithm, hash.getValue().asText())));
        return ha1;
    }

    private static CallRules rules(JsonNode document) {
        boolean doNotDisturb = document.path("doNotDisturb").asBoolean();
        List<String> blocked = texts(document.path("blocked"));
        CallForwarding forwarding = document.has("forward") ? forwarding(document.get("forward")) : CallForwarding.NONE;
        return doNotDisturb || !blocked.isEmpty() || document.has("forward")
                ? new CallRules(forwarding, doNotDisturb, blocked)
                : CallRules.NONE;
    }

    private static CallForwarding forwarding(JsonNode forward) {
        return new CallForwarding(
                text(forward, "always"),
                text(forward, "busy"),
                text(forward, "noAnswer"),
                Duration.ofSeconds(forward.path("patience").asLong(CallForwarding.PATIENCE.toSeconds())),
                text(forward, "unregistered"));
    }

    private static Optional<String> text(JsonNode object, String field) {
        return Optional.ofNullable(object.get(field)).map(JsonNode::asText);
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
