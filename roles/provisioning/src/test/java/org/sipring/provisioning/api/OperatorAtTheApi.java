package org.sipring.provisioning.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** An operator at a node's API, over real TLS, and what its tests say of documents and problems. */
abstract class OperatorAtTheApi {
    static final String JSON = "application/json";
    static final String MERGE = "application/merge-patch+json";

    @TempDir
    Path folder;

    Platform platform;
    Platform.Client operator;

    @BeforeEach
    void open() throws Exception {
        platform = new Platform(folder);
        operator = platform.operator();
    }

    @AfterEach
    void close() throws Exception {
        platform.close();
    }

    HttpResponse<String> create(String target, String body) throws Exception {
        return operator.send("PUT", target, body, "Content-Type", JSON, "If-None-Match", "*");
    }

    HttpResponse<String> replace(String target, String body, String tag) throws Exception {
        return operator.send("PUT", target, body, "Content-Type", JSON, "If-Match", tag);
    }

    HttpResponse<String> patch(String target, String body, String... more) throws Exception {
        List<String> fields = new ArrayList<>(List.of(more));
        fields.addAll(List.of("Content-Type", MERGE));
        return operator.send("PATCH", target, body, fields.toArray(String[]::new));
    }

    static JsonNode json(HttpResponse<String> reply) throws Exception {
        return new ObjectMapper().readTree(reply.body());
    }

    static String tag(HttpResponse<String> reply) {
        return reply.headers().firstValue("ETag").orElseThrow();
    }

    /** A problem document, RFC 9457, that names fields by their places. */
    static void assertProblem(HttpResponse<String> reply, int status, String... pointers) throws Exception {
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(status);
        assertThat(reply.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(json(reply).path("status").asInt()).isEqualTo(status);
        assertThat(json(reply).path("detail").asText()).isNotEmpty();
        assertThat(json(reply).findValuesAsText("pointer")).containsExactlyInAnyOrder(pointers);
    }
}
