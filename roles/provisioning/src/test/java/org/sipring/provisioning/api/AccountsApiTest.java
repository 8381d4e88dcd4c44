package org.sipring.provisioning.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sipring.provisioning.api.Platform.ALICE;
import static org.sipring.provisioning.api.Platform.BOB;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.sipring.accounts.Account;

/** What an operator does with accounts, over real TLS. */
class AccountsApiTest extends OperatorAtTheApi {
    private static final String DAVE = "/v1/domains/sipring.test/accounts/dave";

    @Test
    void anAccountIsCreatedReadReplacedAndRemoved() throws Exception {
        HttpResponse<String> created = create(DAVE, "{\"password\": \"hush\", \"name\": \"Dave\"}");
        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(created.headers().firstValue("Location")).hasValue(DAVE);
        assertThat(created.body()).doesNotContain("hush", "ha1");
        assertThat(platform.accounts.find("dave@sipring.test"))
                .contains(Account.of("dave@sipring.test", "hush", Platform.ALGORITHMS)
                        .withName("Dave"));

        HttpResponse<String> read = operator.get(DAVE);
        assertThat(read.body()).isEqualTo(created.body());
        assertThat(tag(read)).isEqualTo(tag(created));

        HttpResponse<String> replaced = replace(DAVE, "{\"aliases\": [\"d@sipring.test\"]}", tag(read));
        assertThat(replaced.statusCode()).isEqualTo(200);
        assertThat(tag(replaced)).isNotEqualTo(tag(read));
        assertThat(platform.accounts.owner("d@sipring.test")).contains("dave@sipring.test");
        assertThat(platform.accounts.find("dave@sipring.test").orElseThrow())
                .isEqualTo(Account.of("dave@sipring.test", "hush", Platform.ALGORITHMS)
                        .withAliases(List.of("d@sipring.test")));

        assertThat(operator.send("DELETE", DAVE, "", "If-Match", tag(replaced)).statusCode())
                .isEqualTo(204);
        assertProblem(operator.get(DAVE), 404);
        assertThat(platform.accounts.owner("d@sipring.test")).isEmpty();
    }

    @Test
    void aUserMayBeCalledWhatSipUrisAllow() throws Exception {
        String target = "/v1/domains/sipring.test/accounts/+49%2F30*1";
        assertThat(create(target, "{\"password\": \"x\"}").statusCode()).isEqualTo(201);
        assertThat(platform.accounts.find("+49/30*1@sipring.test")).isPresent();
        assertProblem(create("/v1/domains/sipring.test/accounts/a%40b", "{\"password\": \"x\"}"), 400, "#/address");
    }

    @Test
    void aPatchChangesWhatItNames() throws Exception {
        HttpResponse<String> patched =
                patch(BOB, "{\"contacts\": 2, \"forwarding\": {\"busy\": \"tel:+4930\"}, \"name\": null}");
        assertThat(patched.statusCode()).isEqualTo(200);
        assertThat(json(patched).path("name").asText()).isEmpty();
        assertThat(json(patched).path("aliases").get(0).asText()).isEqualTo("4711@sipring.test");
        assertThat(json(patched).at("/forwarding/busy").asText()).isEqualTo("tel:+4930");
        patch(BOB, "{\"password\": \"new\"}");
        assertThat(platform.accounts.find("bob@sipring.test").orElseThrow().ha1())
                .isEqualTo(Account.of("bob@sipring.test", "new", Platform.ALGORITHMS)
                        .ha1());
    }

    @Test
    void whatIsWrongIsNamed() throws Exception {
        assertProblem(create(DAVE, "{\"nmae\": 1, \"contacts\": 0}"), 400, "#/nmae", "#/contacts", "#/password");
        assertProblem(create(DAVE, "{\"password\""), 400);
        assertProblem(patch(BOB, "{\"enabled\": 1}"), 400, "#/enabled");
        assertThat(platform.accounts.find("dave@sipring.test")).isEmpty();
    }

    @Test
    void nobodyOverwritesWhatAnotherHasWritten() throws Exception {
        String old = tag(operator.get(BOB));
        patch(BOB, "{\"contacts\": 2}");
        assertProblem(replace(BOB, "{}", old), 412);
        assertProblem(patch(BOB, "{\"contacts\": 3}", "If-Match", old), 412);
        assertProblem(operator.send("DELETE", BOB, "", "If-Match", old), 412);
        assertProblem(create(BOB, "{\"password\": \"x\"}"), 412);
        assertProblem(replace(DAVE, "{\"password\": \"x\"}", "*"), 412);
        assertProblem(operator.send("PUT", BOB, "{}", "Content-Type", JSON), 428);
        assertThat(platform.accounts.find("bob@sipring.test").orElseThrow().contacts())
                .hasValue(2);
    }

    @Test
    void whatIsRepeatedHasNoOtherEffectThanOnce() throws Exception {
        String old = tag(operator.get(BOB));
        HttpResponse<String> first = replace(BOB, "{\"name\": \"B\"}", old);
        HttpResponse<String> again = replace(BOB, "{\"name\": \"B\"}", old);
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(tag(again)).isEqualTo(tag(first));
        assertThat(tag(patch(BOB, "{\"name\": \"B\"}", "If-Match", old))).isEqualTo(tag(first));
    }

    @Test
    void aClientThatKnowsItAlreadyIsToldSo() throws Exception {
        HttpResponse<String> read = operator.get(BOB, "If-None-Match", tag(operator.get(BOB)));
        assertThat(read.statusCode()).isEqualTo(304);
        assertThat(read.body()).isEmpty();
    }

    @Test
    void anAddressOfAnotherIsAConflict() throws Exception {
        assertProblem(create(DAVE, "{\"password\": \"x\", \"aliases\": [\"4711@sipring.test\"]}"), 409);
        assertProblem(create("/v1/domains/sipring.test/accounts/4711", "{\"password\": \"x\"}"), 409);
    }

    @Test
    void accountsAreListedPageByPage() throws Exception {
        String target = "/v1/domains/sipring.test/accounts?limit=2";
        HttpResponse<String> first = operator.get(target);
        assertThat(json(first).findValuesAsText("address")).containsExactly("alice@sipring.test", "bob@sipring.test");
        String next = json(first).path("next").asText();
        assertThat(first.headers().firstValue("Link")).hasValue("<" + target + "&cursor=" + next + ">; rel=\"next\"");
        HttpResponse<String> second = operator.get(target + "&cursor=" + next);
        assertThat(json(second).findValuesAsText("address")).containsExactly("carol@sipring.test");
        assertThat(json(second).has("next")).isFalse();
        assertThat(first.body() + second.body()).doesNotContain("ha1");
        for (String wrong : List.of("limit=0", "limit=1001", "limit=x", "cursor=%3F")) {
            HttpResponse<String> reply = operator.get("/v1/domains/sipring.test/accounts?" + wrong);
            assertProblem(reply, 400);
            assertThat(json(reply).findValuesAsText("parameter")).containsExactly(wrong.split("=", -1)[0]);
        }
    }

    @Test
    void domainsAreListed() throws Exception {
        assertThat(json(operator.get("/v1/domains")).findValuesAsText("name"))
                .containsExactly("other.test", "sipring.test");
        assertThat(json(operator.get("/v1/domains/other.test"))
                        .path("algorithms")
                        .size())
                .isEqualTo(2);
        assertProblem(operator.get("/v1/domains/nowhere.test"), 404);
        assertProblem(operator.get("/v1/domains/nowhere.test/accounts"), 404);
    }

    @Test
    void whatIsNotSpokenIsRefused() throws Exception {
        assertProblem(operator.get("/v1/nothing"), 404);
        HttpResponse<String> post = operator.send("POST", BOB, "");
        assertProblem(post, 405);
        assertThat(post.headers().firstValue("Allow")).hasValue("DELETE, GET, HEAD, PATCH, PUT");
        assertProblem(operator.get(BOB, "Accept", "text/html"), 406);
        assertProblem(operator.send("PUT", BOB, "{}", "Content-Type", "text/plain", "If-Match", "*"), 415);
        HttpResponse<String> patch = operator.send("PATCH", BOB, "{}", "Content-Type", JSON);
        assertProblem(patch, 415);
        assertThat(patch.headers().firstValue("Accept-Patch")).hasValue(MERGE);
        assertProblem(create(DAVE, "{\"name\": \"" + "a".repeat(70_000) + "\"}"), 413);
        assertThat(operator.send("HEAD", BOB, "").headers().firstValue("ETag")).isPresent();
    }

    @Test
    void whoIsCutOffFromTheStoreReadsButChangesNothing() throws Exception {
        platform.distant.cutOff(true);
        HttpResponse<String> reply = create(DAVE, "{\"password\": \"x\"}");
        assertProblem(reply, 503);
        assertThat(reply.headers().firstValue("Retry-After")).isPresent();
        assertThat(operator.get(BOB).statusCode()).isEqualTo(200);
        platform.distant.cutOff(false);
        assertThat(platform.accounts.find("dave@sipring.test")).isEmpty();
        assertThat(create(DAVE, "{\"password\": \"x\"}").statusCode()).isEqualTo(201);
    }

    @Test
    void whoCannotReadItsStoreSaysSoAndWhenToAskAgain() throws Exception {
        String expires = Instant.now().plus(Duration.ofDays(1)).toString();
        String token = json(operator.send(
                        "PUT",
                        "/v1/tokens/robot",
                        "{\"scope\": \"operator\", \"expires\": \"" + expires + "\"}",
                        "Content-Type",
                        JSON,
                        "If-None-Match",
                        "*"))
                .path("token")
                .asText();
        platform.distant.closed(true);
        for (HttpResponse<String> reply : List.of(
                operator.get(BOB),
                create(DAVE, "{\"password\": \"x\"}"),
                platform.stranger().get(BOB, "Authorization", "Bearer " + token),
                platform.stranger()
                        .send(
                                "POST",
                                "/v1/domains/sipring.test/import",
                                "username,password\n" + "d,x\n".repeat(20_000),
                                "Content-Type",
                                "text/csv",
                                "Authorization",
                                "Bearer " + token))) {
            assertProblem(reply, 503);
            assertThat(reply.headers().firstValue("Retry-After")).isPresent();
        }
        platform.distant.closed(false);
        assertThat(operator.get(BOB).statusCode()).isEqualTo(200);
    }

    @Test
    void aNodeThatStartsBeforeItsStoreServesWhenThatIsThere() throws Exception {
        try (Platform early = new Platform(folder.resolve("early"), true)) {
            operator = early.operator();
            assertProblem(operator.get(BOB), 503);
            assertThat(operator.get("/v1/openapi.json").statusCode()).isEqualTo(200);
            early.distant.closed(false);
            assertThat(create(DAVE, "{\"password\": \"x\"}").statusCode()).isEqualTo(201);
            assertThat(json(operator.get("/v1/audit")).path("changes")).hasSize(1);
        }
    }

    @Test
    void aNodeThatEndsAnswersFirstWhatItHasBegunButDoesNotWaitForEver() throws Exception {
        DistantStore.Held held = platform.distant.hold();
        CompletableFuture<HttpResponse<String>> change = CompletableFuture.supplyAsync(() -> {
            try {
                return create(DAVE, "{\"password\": \"x\"}");
            } catch (Exception failed) {
                throw new CompletionException(failed);
            }
        });
        held.await();
        platform.drain(Duration.ZERO).get(10, TimeUnit.SECONDS);
        CompletableFuture<Void> end = platform.drain(Duration.ofMinutes(1));
        assertThat(end).isNotDone();
        held.release();
        end.get(10, TimeUnit.SECONDS);
        platform.close();
        assertThat(change.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(201);
    }

    @Test
    void requestsAreCountedByWhatTheyAskForAndHowTheyWereAnswered() throws Exception {
        operator.get(BOB);
        operator.get(BOB);
        operator.get(DAVE);
        operator.get("/v1/nowhere");
        platform.stranger().get(BOB);
        assertThat(platform.counted("requests_total route account.get status 2xx"))
                .isEqualTo(2);
        assertThat(platform.counted("requests_total route account.get status 4xx"))
                .isEqualTo(2);
        assertThat(platform.counted("requests_total route none status 4xx")).isOne();
        assertThat(platform.counted("refused_total status 401")).isOne();
        assertThat(platform.counted("refused_total status 403")).isZero();
    }

    @Test
    void eachChangeIsNotedWithoutASecret() throws Exception {
        create(DAVE, "{\"password\": \"hush\"}");
        patch(DAVE, "{\"password\": \"hush hush\", \"name\": \"D\"}");
        operator.send("DELETE", DAVE, "");
        operator.send("DELETE", DAVE, "");
        HttpResponse<String> audit = operator.get("/v1/audit");
        assertThat(json(audit).findValuesAsText("action"))
                .containsExactly("account.delete", "account.patch", "account.put");
        JsonNode patched = json(audit).path("changes").get(1);
        assertThat(patched.path("who").asText()).isEqualTo("certificate ops");
        assertThat(patched.path("from").asText()).isEqualTo("127.0.0.1");
        assertThat(patched.path("subject").asText()).isEqualTo("dave@sipring.test");
        assertThat(patched.path("fields").toString()).isEqualTo("[\"password\",\"name\"]");
        assertThat(patched.path("outcome").asText()).isEqualTo("200");
        assertThat(audit.body()).doesNotContain("hush");
        String rest = json(operator.get("/v1/audit?limit=2")).path("next").asText();
        assertThat(json(operator.get("/v1/audit?cursor=" + rest)).findValuesAsText("action"))
                .containsExactly("account.put");
        assertThat(operator.get(ALICE).statusCode()).isEqualTo(200);
        assertThat(json(operator.get("/v1/audit")).path("changes")).hasSize(3);
    }
}
