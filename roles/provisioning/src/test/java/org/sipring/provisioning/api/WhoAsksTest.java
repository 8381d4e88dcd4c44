package org.sipring.provisioning.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sipring.provisioning.api.Platform.ALICE;
import static org.sipring.provisioning.api.Platform.BOB;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sipring.runtime.SystemTime;

/** Certificates, tokens and digests, over real TLS. */
class WhoAsksTest {
    private static final String MERGE = "application/merge-patch+json";
    private static final String PASSWORD = "secret of alice@sipring.test";

    @TempDir
    Path folder;

    private Platform platform;

    @BeforeEach
    void start() throws Exception {
        platform = new Platform(folder);
    }

    @AfterEach
    void stop() throws Exception {
        platform.close();
    }

    private Login alice(String password) throws Exception {
        return new Login(platform.stranger(), "alice", "sipring.test", password);
    }

    @Test
    void anOperatorShowsACertificateThatNamesTheRole() throws Exception {
        assertThat(platform.operator().get("/v1/domains").statusCode()).isEqualTo(200);
        HttpResponse<String> node = platform.certified("n2", "*").get("/v1/domains");
        assertThat(node.statusCode()).isEqualTo(403);
        assertThat(node.body()).contains("n2 does not name role operator");
    }

    @Test
    void aRevokedOperatorIsNoneAnyMoreAlsoOnAnOpenConnection() throws Exception {
        Platform.Client operator = platform.operator();
        assertThat(operator.get("/v1/domains").statusCode()).isEqualTo(200);
        platform.revoke("ops");
        assertThat(operator.get("/v1/domains").statusCode()).isEqualTo(401);
        Platform.Client again = platform
        .new Client(org.sipring.certs.IdentityFolder.load(platform.identityOf("ops"), SystemTime.clock())
                .tls());
        assertThatThrownBy(() -> again.get("/v1/domains")).isInstanceOf(IOException.class);
    }

    @Test
    void whoSaysNothingIsToldWhatMayBeSaid() throws Exception {
        HttpResponse<String> reply = platform.stranger().get(ALICE);
        assertThat(reply.statusCode()).isEqualTo(401);
        assertThat(reply.headers().allValues("WWW-Authenticate"))
                .hasSize(3)
                .anySatisfy(one -> assertThat(one)
                        .startsWith("Digest realm=\"sipring.test\"")
                        .contains("algorithm=SHA-256", "qop=\"auth\""))
                .anySatisfy(one -> assertThat(one).startsWith("Digest ").contains("algorithm=MD5"))
                .contains("Bearer realm=\"sipring.test\"");
    }

    @Test
    void aSubscriberReadsAndChangesWhatIsTheirs() throws Exception {
        Login alice = alice(PASSWORD);
        assertThat(alice.send("GET", ALICE, "").statusCode()).isEqualTo(200);
        HttpResponse<String> patched =
                alice.send("PATCH", ALICE, "{\"doNotDisturb\": true, \"name\": \"A\"}", "Content-Type", MERGE);
        assertThat(patched.statusCode()).isEqualTo(200);
        HttpResponse<String> refused = alice.send(
                "PATCH",
                ALICE,
                "{\"contacts\": 9, \"aliases\": [\"a@sipring.test\"], \"name\": \"B\"}",
                "Content-Type",
                MERGE);
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(new ObjectMapper().readTree(refused.body()).findValuesAsText("pointer"))
                .containsExactly("#/aliases", "#/contacts");
        assertThat(alice.send("DELETE", ALICE, "").statusCode()).isEqualTo(403);
        assertThat(platform.accounts.find("alice@sipring.test").orElseThrow().name())
                .isEqualTo("A");
    }

    @Test
    void aNewPasswordIsTheOneToProveFromThenOn() throws Exception {
        Login alice = alice(PASSWORD);
        assertThat(alice.send("PATCH", ALICE, "{\"password\": \"other\"}", "Content-Type", MERGE)
                        .statusCode())
                .isEqualTo(200);
        assertThat(alice.send("GET", ALICE, "").statusCode()).isEqualTo(401);
        assertThat(alice("other").send("GET", ALICE, "").statusCode()).isEqualTo(200);
    }

    @Test
    void aRemovedAccountOrASubscriberOfNoAccountOpensNothing() throws Exception {
        Login alice = alice(PASSWORD);
        assertThat(alice.send("GET", ALICE, "").statusCode()).isEqualTo(200);
        assertThat(platform.operator().send("DELETE", ALICE, "").statusCode()).isEqualTo(204);
        assertThat(alice.send("GET", ALICE, "").statusCode()).isEqualTo(401);
    }

    @Test
    void aDisabledAccountIsForbidden() throws Exception {
        Login carol = new Login(platform.stranger(), "carol", "sipring.test", "secret of carol@sipring.test");
        assertThat(carol.send("GET", "/v1/domains/sipring.test/accounts/carol", "")
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void aProofIsGoodOnceAndForItsUriOnly() throws Exception {
        Login alice = alice(PASSWORD);
        alice.send("GET", ALICE, "");
        HttpResponse<String> replayed = alice.sendWith(1, ALICE, "GET", ALICE, "");
        assertThat(replayed.statusCode()).isEqualTo(401);
        assertThat(replayed.headers().allValues("WWW-Authenticate").toString()).contains("stale=true");
        assertThat(alice.sendWith(2, ALICE + "?x", "GET", ALICE, "").statusCode())
                .isEqualTo(400);
    }

    @Test
    void aTokenOpensWhatItIsForUntilItEnds() throws Exception {
        Platform.Client operator = platform.operator();
        String token = token(operator, "bobs", "account\", \"account\": \"bob@sipring.test");
        Platform.Client stranger = platform.stranger();
        assertThat(stranger.get(BOB, "Authorization", "Bearer " + token).statusCode())
                .isEqualTo(200);
        assertThat(stranger.get(ALICE, "Authorization", "Bearer " + token).statusCode())
                .isEqualTo(403);
        assertThat(operator.get("/v1/tokens").body()).contains("bobs").doesNotContain(token, "hash");
        assertThat(operator.send("DELETE", "/v1/tokens/bobs", "").statusCode()).isEqualTo(204);
        assertThat(operator.send("DELETE", "/v1/tokens/bobs", "").statusCode()).isEqualTo(404);
        assertThat(stranger.get(BOB, "Authorization", "Bearer " + token).statusCode())
                .isEqualTo(401);
    }

    @Test
    void anAccountsTokensDoNotOpenTheAccountOfWhoComesAfter() throws Exception {
        Platform.Client operator = platform.operator();
        String token = token(operator, "bobs", "account\", \"account\": \"bob@sipring.test");
        operator.send("DELETE", BOB, "");
        operator.send("PUT", BOB, "{\"password\": \"x\"}", "Content-Type", "application/json", "If-None-Match", "*");
        assertThat(platform.stranger()
                        .get(BOB, "Authorization", "Bearer " + token)
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void anOperatorsTokenIsAsGoodAsACertificate() throws Exception {
        String token = token(platform.operator(), "ci", "operator");
        assertThat(platform.stranger()
                        .get("/v1/audit", "Authorization", "Bearer " + token)
                        .body())
                .contains("certificate ops", "token.put", "\"ci\"");
    }

    @Test
    void aTokenIsMadeOnceAndOfSoundFields() throws Exception {
        Platform.Client operator = platform.operator();
        token(operator, "ci", "operator");
        String body =
                "{\"scope\": \"operator\", \"expires\": \"" + Instant.now().plusSeconds(60) + "\"}";
        String[] fields = {"Content-Type", "application/json", "If-None-Match", "*"};
        assertThat(operator.send("PUT", "/v1/tokens/ci", body, fields).statusCode())
                .isEqualTo(412);
        assertThat(operator.send("PUT", "/v1/tokens/ci", body, "Content-Type", "application/json")
                        .statusCode())
                .isEqualTo(428);
        HttpResponse<String> wrong = operator.send(
                "PUT", "/v1/tokens/C.I", "{\"scope\": \"account\", \"account\": \"x@y\", \"for\": 1}", fields);
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(new ObjectMapper().readTree(wrong.body()).findValuesAsText("pointer"))
                .containsExactlyInAnyOrder("#/account", "#/expires", "#/name", "#/for");
    }

    private static String token(Platform.Client operator, String name, String scope) throws Exception {
        HttpResponse<String> made = operator.send(
                "PUT",
                "/v1/tokens/" + name,
                "{\"scope\": \"" + scope + "\", \"expires\": \"" + Instant.now().plus(Duration.ofHours(1)) + "\"}",
                "Content-Type",
                "application/json",
                "If-None-Match",
                "*");
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        return new ObjectMapper().readTree(made.body()).path("token").asText();
    }

    @Test
    void whoGuessesWaitsAlsoWhenTheNextGuessIsRight() throws Exception {
        for (int i = 0; i < 10; i++) {
            assertThat(alice("guess " + i).send("GET", ALICE, "").statusCode()).isEqualTo(401);
        }
        Platform.Client stranger = platform.stranger();
        HttpResponse<String> guess = stranger.get(ALICE, "Authorization", "Bearer ci.guess");
        assertThat(guess.statusCode()).isEqualTo(429);
        assertThat(Integer.parseInt(guess.headers().firstValue("Retry-After").orElseThrow()))
                .isBetween(1, 61);
        assertThat(alice(PASSWORD).send("GET", ALICE, "").statusCode()).isEqualTo(429);
        assertThat(platform.operator().get(ALICE).statusCode()).isEqualTo(200);
    }
}
