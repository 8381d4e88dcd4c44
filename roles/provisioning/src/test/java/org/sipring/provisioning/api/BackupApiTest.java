package org.sipring.provisioning.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sipring.accounts.Account;
import org.sipring.certs.IdentityFolder;
import org.sipring.certs.NodeEnvelopes;
import org.sipring.store.archive.ArchiveReader;
import org.sipring.store.archive.Item;
import org.sipring.store.large.Manifest;

/** Backup and restoration, over real TLS. */
class BackupApiTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private Platform platform;
    private IdentityFolder admin;
    private Platform.Client operator;

    @BeforeEach
    void start() throws Exception {
        platform = new Platform(folder);
        admin = platform.issue("ops", "operator");
        operator = platform.new Client(admin.tls());
    }

    @AfterEach
    void stop() throws Exception {
        platform.close();
    }

    private ObjectNode backedUp() throws Exception {
        HttpResponse<byte[]> reply = operator.bytes("/v1/backup");
        assertThat(reply.statusCode()).isEqualTo(200);
        ObjectNode part = JSON.createObjectNode().put("source", "a test");
        ArrayNode documents = part.putArray("documents");
        try (ArchiveReader in =
                new ArchiveReader(new ByteArrayInputStream(reply.body()), new NodeEnvelopes(admin)::open)) {
            assertThat(in.about().domain()).isEqualTo("sipring.test");
            for (Optional<Item> next = in.next(); next.isPresent(); next = in.next()) {
                documents
                        .addObject()
                        .put("collection", next.get().key().collection())
                        .put("key", next.get().key().name())
                        .put("value", next.get().value());
            }
        }
        return part;
    }

    private HttpResponse<String> restore(String query, String body) throws Exception {
        return operator.send("POST", "/v1/restore" + query, body, "Content-Type", "application/json");
    }

    @Test
    void whatWasRemovedAndChangedIsAsItWas() throws Exception {
        Account bob = platform.accounts.find("bob@sipring.test").orElseThrow();
        ObjectNode part = backedUp();
        operator.send("DELETE", Platform.BOB, "");
        operator.send("PATCH", Platform.ALICE, "{\"name\": \"Else\"}", "Content-Type", "application/merge-patch+json");
        long before =
                platform.accounts.stored("alice@sipring.test").orElseThrow().revision();

        assertThat(restore("?pretend=true", part.toString()).body()).contains("\"changed\":1", "\"removed\":0");
        assertThat(platform.accounts.find("bob@sipring.test")).isEmpty();
        assertThat(restore("", part.toString()).statusCode()).isEqualTo(200);
        assertThat(platform.accounts.find("bob@sipring.test")).contains(bob);
        assertThat(platform.accounts.whose("4711@sipring.test")).contains(bob);
        assertThat(platform.accounts.find("alice@sipring.test").orElseThrow().name())
                .isEmpty();
        assertThat(platform.accounts.stored("alice@sipring.test").orElseThrow().revision())
                .isGreaterThan(before);
        assertThat(restore("", part.toString()).body()).contains("\"created\":0,\"changed\":0,\"removed\":0");
        assertThat(operator.get("/v1/audit").body())
                .contains("backup.get", "restored from a test", "would be restored from a test", "certificate ops");
    }

    @Test
    void largeValuesAreWrittenBeforeTheDocumentsThatReferToThem() throws Exception {
        byte[] greeting = {1, 2, 3};
        Manifest manifest = Manifest.of(greeting);
        ObjectNode documents = backedUp();
        documents
                .withArray("documents")
                .addObject()
                .put("collection", "voicemail")
                .put("key", "greeting")
                .put("value", new byte[1])
                .putArray("refersTo")
                .add(manifest.name().toString());
        ObjectNode large = JSON.createObjectNode().put("source", "a test");
        large.putArray("large")
                .addObject()
                .put("name", manifest.name().toString())
                .put("chunks", manifest.bytes());

        assertThat(restore("", documents.toString()).body()).contains("have not been sent before it");
        assertThat(restore("", large.toString()).statusCode())
                .as("no chunk of it")
                .isEqualTo(400);
        large.putArray("chunks").add(greeting);
        assertThat(restore("?pretend=true", large.toString()).statusCode()).isEqualTo(200);
        assertThat(platform.store.read(manifest.name()).toCompletableFuture().join())
                .isEmpty();
        assertThat(restore("", large.toString()).statusCode()).isEqualTo(200);
        assertThat(restore("", documents.toString()).body()).contains("\"created\":1");
        assertThat(platform.store.read(manifest.name()).toCompletableFuture().join())
                .contains(greeting);
        assertThat(platform.store.get("voicemail", "greeting").orElseThrow().refersTo())
                .containsExactly(manifest.name());
    }

    @Test
    void aTokenOfAnOperatorDoesNotDo() throws Exception {
        String made = operator.send(
                        "PUT",
                        "/v1/tokens/all",
                        "{\"scope\": \"operator\", \"expires\": \""
                                + Instant.now().plusSeconds(600) + "\"}",
                        "Content-Type",
                        "application/json",
                        "If-None-Match",
                        "*")
                .body();
        String bearer = "Bearer " + JSON.readTree(made).path("token").asText();
        Platform.Client holder = platform.stranger();
        assertThat(holder.get("/v1/domains", "Authorization", bearer).statusCode())
                .isEqualTo(200);
        HttpResponse<String> refused = holder.get("/v1/backup", "Authorization", bearer);
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("operator's certificate");
        assertThat(holder.send(
                                "POST",
                                "/v1/restore",
                                "{\"source\": \"x\", \"documents\": []}",
                                "Authorization",
                                bearer,
                                "Content-Type",
                                "application/json")
                        .statusCode())
                .isEqualTo(403);
        assertThat(platform.accounts.find("bob@sipring.test")).isPresent();
    }

    private static String part(String more) {
        return "{'source': 'x'" + more;
    }

    private static String documents(String all) {
        return part(", 'documents': [" + all + ']');
    }

    private void refused(String bad, String pointer) throws Exception {
        String body = bad.replace('\'', '"') + (bad.equals("{}") ? "" : "}");
        OperatorAtTheApi.assertProblem(restore("", body), 400, pointer);
    }

    @Test
    void whatIsNotAsItShouldBeIsRefusedBeforeAnythingIsDone() throws Exception {
        String one = "{'collection': 'accounts', 'key': 'b', 'value': 'AA=='}";
        refused("{}", "#/source");
        refused(part(""), "#/documents");
        refused(part(", 'chunks': ['AA==', '~']"), "#/chunks/1");
        refused(part(", 'chunks': ['" + "AAAA".repeat(100_000) + "']"), "#/chunks/0");
        refused(part(", 'large': [{'name': 'x', 'chunks': 'AAAA'}]"), "#/large/0/name");
        refused(documents(one.replace("}", ", 'refersTo': ['x']}")), "#/documents/0/refersTo/0");
        refused(documents(one + ", " + one), "#/documents/1");
        refused(documents(one.replace("AA==", "~")), "#/documents/0/value");
        refused(documents(one.replace("'AA=='", "7")), "#/documents/0/value");
        refused(documents(one + ", " + one.replace("accounts", "a/b")), "#/documents/1/collection");
        refused(documents(one.replace("'accounts'", "7")), "#/documents/0/collection");
        refused(documents(one) + ", 'upTo': {'collection': 'accounts', 'key': 'a'}", "#/upTo");
        refused(documents(one) + ", 'upTo': {'collection': 'accounts'}", "#/upTo/key");
        refused(documents(one) + ", 'after': {'collection': 'accounts', 'key': 'b'}", "#/documents/0");
        assertThat(platform.accounts.find("bob@sipring.test")).isPresent();
    }

    @Test
    void aPlaceThatNoStoreCanHoldIsRefused() throws Exception {
        String one = "{'collection': 'accounts', 'key': 'b', 'value': 'AA=='}";
        for (String bad : List.of("\\u0000", "x\\ud800", "\\udc00\\ud800", "\u00fc".repeat(8_193))) {
            refused(documents(one + ", " + one.replace("'b'", "'b" + bad + '\'')), "#/documents/1/key");
            refused(documents(one.replace("accounts", "a" + bad)), "#/documents/0/collection");
            refused(documents("") + ", 'after': {'collection': 'x', 'key': '" + bad + "'}", "#/after/key");
        }
        String longest = one.replace("'b'", "'" + "\u20ac".repeat(8_192) + '\'');
        assertThat(restore("?pretend=true", documents(longest).replace('\'', '"') + '}')
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void aPlatformThatKeepsNothingSaysWhatToKeep() throws Exception {
        try (Platform forgetful = new Platform(folder.resolve("forgetful"), false, false)) {
            HttpResponse<String> reply = forgetful.operator().get("/v1/backup");
            assertThat(reply.statusCode()).isEqualTo(409);
            assertThat(reply.body()).contains("node.accounts-file");
        }
    }
}
