package org.sipring.provisioning.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The OpenAPI document, held against the routes; and each of its routes, held against subscribers. */
class OpenApiTest {
    private static final String OTHERS_DATA = "Robert Secretive|Another Alice|4711|bob@sipring\\.test|HA1";

    @TempDir
    static Path folder;

    private static Platform platform;
    private static JsonNode document;

    @BeforeAll
    static void start() throws Exception {
        platform = new Platform(folder);
        platform.group.update(
                KnownNodes.kept(platform.keepers.replicas("n1", "n2").subList(0, 1)));
        document = new ObjectMapper()
                .readTree(platform.stranger().get("/v1/openapi.json").body());
    }

    @AfterAll
    static void stop() throws Exception {
        platform.close();
    }

    /** An operation of the document. */
    private record Operation(String method, String path, JsonNode node) {
        private String target(Map<String, String> names) {
            String target = path;
            for (Map.Entry<String, String> name : names.entrySet()) {
                target = target.replace('{' + name.getKey() + '}', name.getValue());
            }
            return target;
        }

        private boolean isOpen() {
            return node.path("security").get(0).isEmpty();
        }

        private String mediaType() {
            JsonNode content = node.path("requestBody").path("content");
            return content.isEmpty() ? "application/json" : content.fieldNames().next();
        }

        /** A body that the operation would accept of an operator. */
        private String body() {
            if (node.path("requestBody").isMissingNode()) {
                return "";
            }
            return switch (node.path("operationId").asText()) {
                case "accounts.import" -> "username,password\nmallory,x\n";
                case "domain.put", "domain.patch" -> "{\"enabled\": false}";
                case "token.put" -> "{\"scope\": \"operator\", \"expires\": \"2099-01-01T00:00:00Z\"}";
                case "store.replace" -> "{\"node\": \"n1\"}";
                default -> "{\"password\": \"mine now\"}";
            };
        }
    }

    private static List<Operation> operations() {
        List<Operation> found = new ArrayList<>();
        document.path("paths").properties().forEach(path -> path.getValue().properties().stream()
                .filter(item -> !item.getKey().equals("parameters"))
                .forEach(item -> found.add(
                        new Operation(item.getKey().toUpperCase(Locale.ROOT), path.getKey(), item.getValue()))));
        return found;
    }

    private static List<Route> routes() {
        return platform.routes();
    }

    @Test
    void theDocumentHasEveryRouteAndOnlyThose() {
        assertThat(operations())
                .extracting(operation -> operation.method
                        + ' '
                        + operation.path
                        + ' '
                        + operation.node.path("operationId").asText())
                .containsExactlyInAnyOrderElementsOf(routes().stream()
                        .map(route -> route.method() + ' ' + route.template() + ' ' + route.action())
                        .toList());
    }

    @Test
    void theDocumentSaysWhoMay() {
        for (Route route : routes()) {
            JsonNode security = operations().stream()
                    .filter(operation ->
                            operation.node.path("operationId").asText().equals(route.action()))
                    .findFirst()
                    .orElseThrow()
                    .node
                    .path("security");
            List<String> schemes = new ArrayList<>();
            security.forEach(one -> one.fieldNames().forEachRemaining(schemes::add));
            assertThat(schemes)
                    .as(route.action())
                    .isEqualTo(
                            switch (route.access()) {
                                case ANYBODY -> List.of();
                                case OPERATOR -> List.of("certificate", "token");
                                case CERTIFICATE -> List.of("certificate");
                                case OWNER -> List.of("certificate", "token", "digest");
                            });
        }
    }

    @Test
    void whatTheDocumentRefersToIsThere() {
        assertThat(document.path("openapi").asText()).isEqualTo("3.1.0");
        List<String> references = document.findValuesAsText("$ref");
        assertThat(references).isNotEmpty().allSatisfy(reference -> {
            assertThat(reference).startsWith("#");
            assertThat(document.at(reference.substring(1)).isMissingNode())
                    .as(reference)
                    .isFalse();
        });
    }

    @Test
    void nobodyUnknownGetsThroughAnyRoute() throws Exception {
        for (Operation operation : operations()) {
            HttpResponse<String> reply = ask(platform.stranger(), operation, names("bob", "sipring.test"));
            assertThat(reply.statusCode()).as(operation.path).isEqualTo(operation.isOpen() ? 200 : 401);
            assertThat(reply.body()).doesNotContainPattern(OTHERS_DATA.replace("|HA1", ""));
        }
    }

    private static Map<String, String> names(String user, String domain) {
        return Map.of("user", user, "domain", domain, "name", "stolen");
    }

    private static HttpResponse<String> ask(
            Platform.Client client, Operation operation, Map<String, String> names, String... more) throws Exception {
        List<String> fields = new ArrayList<>(List.of(more));
        fields.addAll(List.of("Content-Type", operation.mediaType()));
        if (operation.method.equals("PUT")) {
            fields.addAll(List.of(operation.path.contains("tokens") ? "If-None-Match" : "If-Match", "*"));
        }
        return client.send(operation.method, operation.target(names), operation.body(), fields.toArray(String[]::new));
    }

    /** Where a subscriber has no business: another's account, one of the same name elsewhere, one that is not there. */
    private static final List<Map<String, String>> ELSEWHERE = List.of(
            names("bob", "sipring.test"),
            names("alice", "other.test"),
            names("nobody", "sipring.test"),
            names("alice", "nowhere.test"),
            names("Alice", "sipring.test"),
            names("alice%00", "sipring.test"),
            names("4711", "sipring.test"));

    @Test
    void aSubscriberCannotReadOrChangeAnothersDataByAnyRoute() throws Exception {
        Login alice = new Login(platform.stranger(), "alice", "sipring.test", "secret of alice@sipring.test");
        assertThat(alice.send("GET", Platform.ALICE, "").statusCode()).isEqualTo(200);
        walk((operation, names) -> alice.send(
                operation.method,
                operation.target(names),
                operation.body(),
                "Content-Type",
                operation.mediaType(),
                "If-Match",
                "*"));
    }

    @Test
    void neitherCanWhoHasATokenOfOneAccount() throws Exception {
        String token = new ObjectMapper()
                .readTree(platform.operator()
                        .send(
                                "PUT",
                                "/v1/tokens/alices",
                                "{\"scope\": \"account\", \"account\": \"alice@sipring.test\", \"expires\": \""
                                        + java.time.Instant.now().plusSeconds(600) + "\"}",
                                "Content-Type",
                                "application/json",
                                "If-None-Match",
                                "*")
                        .body())
                .path("token")
                .asText();
        Platform.Client client = platform.stranger();
        assertThat(client.get(Platform.ALICE, "Authorization", "Bearer " + token)
                        .statusCode())
                .isEqualTo(200);
        walk((operation, names) -> ask(client, operation, names, "Authorization", "Bearer " + token));
        platform.store
                .delete(
                        "tokens",
                        "alices",
                        platform.store.get("tokens", "alices").orElseThrow().revision())
                .toCompletableFuture()
                .get();
    }

    private interface Asking {
        HttpResponse<String> ask(Operation operation, Map<String, String> names) throws Exception;
    }

    private static void walk(Asking asking) throws Exception {
        List<?> before = everything();
        int walked = 0;
        for (Operation operation : operations()) {
            for (Map<String, String> names : ELSEWHERE) {
                HttpResponse<String> reply = asking.ask(operation, names);
                assertThat(reply.statusCode())
                        .as(operation.method + ' ' + operation.target(names))
                        .isEqualTo(operation.isOpen() ? 200 : 403);
                if (!operation.isOpen()) {
                    assertThat(reply.body()).doesNotContainPattern(OTHERS_DATA);
                }
                walked++;
            }
        }
        assertThat(walked).isEqualTo(routes().size() * ELSEWHERE.size());
        assertThat(everything()).isEqualTo(before);
    }

    /** All that is kept, the audit log included. */
    private static List<?> everything() {
        return List.of("accounts", "aliases", "domains", "tokens", "audit", "store-group").stream()
                .flatMap(collection -> platform.store.list(collection, "").stream())
                .map(kept -> List.of(kept.key(), kept.revision()))
                .toList();
    }
}
