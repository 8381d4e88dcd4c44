package org.sipring.provisioning.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an archive has brought and nobody can read, over real TLS. */
final class MalformedDocumentsTest extends OperatorAtTheApi {
    private static final String BAD = "/v1/domains/sipring.test/accounts/b";

    @BeforeEach
    void bring() {
        for (String place : List.of(
                "audit n1/x", "accounts sipring.test/b", "domains bad.test", "tokens t", "accounts bad.test/b")) {
            String[] words = place.split(" ", -1);
            platform.store
                    .put(words[0], words[1], "hush".getBytes(StandardCharsets.UTF_8), 0)
                    .toCompletableFuture()
                    .join();
        }
    }

    @Test
    void changesAreMadeAndNoted() throws Exception {
        assertThat(operator.send("DELETE", Platform.BOB, "").statusCode()).isEqualTo(204);
        HttpResponse<String> changes = operator.get("/v1/audit");
        assertThat(changes.statusCode()).isEqualTo(200);
        assertThat(changes.body()).contains("account.delete").doesNotContain("hush");
    }

    @Test
    void listsHaveTheOthers() throws Exception {
        HttpResponse<String> first = operator.get("/v1/domains/sipring.test/accounts?limit=2");
        assertThat(json(first).findValuesAsText("address")).containsExactly("alice@sipring.test", "bob@sipring.test");
        HttpResponse<String> next = operator.get("/v1/domains/sipring.test/accounts?limit=2&cursor="
                + json(first).path("next").asText());
        assertThat(json(next).findValuesAsText("address")).containsExactly("carol@sipring.test");
        assertThat(json(operator.get("/v1/domains")).findValuesAsText("name"))
                .containsExactly("other.test", "sipring.test");
        assertThat(json(operator.get("/v1/tokens")).path("tokens")).isEmpty();
        assertThat(operator.get("/v1/domains/sipring.test/export").body()).contains("alice");
    }

    @Test
    void whoAsksForOneHearsWhich() throws Exception {
        for (String target : List.of(BAD, "/v1/domains/bad.test")) {
            HttpResponse<String> reply = operator.get(target);
            assertProblem(reply, 500);
            assertThat(reply.body()).contains("cannot be read", "backup").doesNotContain("hush");
        }
    }

    @Test
    void anImportRefusesTheOneRowAndTakesTheOthers() throws Exception {
        HttpResponse<String> reply = operator.send(
                "POST",
                "/v1/domains/sipring.test/import",
                "username,password,aliases\nb,x,\ndave,x,\neve,x,b@sipring.test\n",
                "Content-Type",
                "text/csv");
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
        assertThat(json(reply).path("created").asInt()).isEqualTo(1);
        assertThat(json(reply).findValuesAsText("pointer")).containsExactlyInAnyOrder("#/address", "#/aliases");
    }
}
