package org.sipring.provisioning.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sipring.accounts.Account;
import org.sipring.accounts.domain.Domain;
import org.sipring.accounts.domain.DomainStore;
import org.sipring.sip.digest.DigestAlgorithm;

/** What an operator does with domains, over real TLS. */
class DomainsApiTest extends OperatorAtTheApi {
    private static final String DOMAINS = "/v1/domains";
    private static final String NEW = DOMAINS + "/example.com";
    private static final String EVE = NEW + "/accounts/eve";

    private DomainStore store;

    @BeforeEach
    void store() {
        store = new DomainStore(platform.store);
    }

    @Test
    void aDomainIsCreatedReadReplacedAndRemoved() throws Exception {
        HttpResponse<String> created = create(NEW, "{\"algorithms\": [\"MD5\", \"SHA-512-256\"]}");
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        assertThat(created.headers().firstValue("Location")).hasValue(NEW);
        assertThat(json(created).path("offered").toString()).isEqualTo("[\"SHA-512-256\",\"MD5\"]");
        assertThat(json(created).path("source").asText()).isEqualTo("store");
        assertThat(store.stored("example.com").orElseThrow().domain())
                .isEqualTo(new Domain("example.com", List.of(DigestAlgorithm.MD5, DigestAlgorithm.SHA_512_256), true));

        HttpResponse<String> read = operator.get(NEW);
        assertThat(read.body()).isEqualTo(created.body());
        assertThat(tag(read)).isEqualTo(tag(created));
        assertThat(operator.get(NEW, "If-None-Match", tag(read)).statusCode()).isEqualTo(304);

        HttpResponse<String> replaced = replace(NEW, "{\"enabled\": false}", tag(read));
        assertThat(replaced.statusCode()).isEqualTo(200);
        assertThat(json(replaced).path("algorithms")).isEmpty();
        assertThat(json(replaced).path("offered").toString())
                .as("as the platform's own domain")
                .isEqualTo("[\"SHA-256\",\"MD5\"]");
        assertThat(tag(replaced)).isNotEqualTo(tag(read));

        assertThat(operator.send("DELETE", NEW, "", "If-Match", tag(replaced)).statusCode())
                .isEqualTo(204);
        assertProblem(operator.get(NEW), 404);
        assertProblem(operator.send("DELETE", NEW, ""), 404);
        assertProblem(patch(NEW, "{}"), 404);
        assertThat(store.stored("example.com")).isEmpty();
    }

    @Test
    void whatAClientReadsItMayWriteBack() throws Exception {
        HttpResponse<String> created = create(NEW, "{\"name\": \"example.com\"}");
        HttpResponse<String> again = replace(NEW, operator.get(NEW).body(), tag(created));
        assertThat(again.statusCode()).as(again.body()).isEqualTo(200);
        assertThat(tag(again)).as("nothing has changed").isEqualTo(tag(created));
    }

    @Test
    void whatTheZonesOfOthersMustSayIsShown() throws Exception {
        assertThat(json(create(NEW, "{}")).at("/dns/records/0").asText()).isEqualTo("what leads from example.com");
        JsonNode settings = json(operator.get(DOMAINS + "/other.test"));
        assertThat(settings.at("/dns/records/0").asText()).isEqualTo("what leads from other.test");
        assertThat(settings.at("/dns/secure/0").asText()).isEqualTo("what leads securely");
        assertThat(json(operator.get(DOMAINS + "/sipring.test")).has("dns"))
                .as("the platform writes it itself")
                .isFalse();
    }

    @Test
    void aPatchChangesWhatItNames() throws Exception {
        create(NEW, "{\"algorithms\": [\"SHA-256\"]}");
        assertThat(json(patch(NEW, "{\"enabled\": false}")).path("algorithms").toString())
                .isEqualTo("[\"SHA-256\"]");
        JsonNode patched = json(patch(NEW, "{\"algorithms\": null}"));
        assertThat(patched.path("algorithms")).isEmpty();
        assertThat(patched.path("enabled").asBoolean()).isFalse();
    }

    @Test
    void whatIsWrongIsNamed() throws Exception {
        assertProblem(
                create(NEW, "{\"nmae\": 1, \"enabled\": 1, \"algorithms\": [\"MD4\"]}"),
                400,
                "#/nmae",
                "#/enabled",
                "#/algorithms/0");
        assertProblem(create(NEW, "{\"name\": \"example.org\", \"algorithms\": 1}"), 400, "#/name", "#/algorithms");
        assertProblem(create(NEW, "[]"), 400);
        assertProblem(operator.send("PUT", NEW, "{}", "Content-Type", "text/plain", "If-None-Match", "*"), 415);
        for (String wrong : List.of("Example.com", "b%C3%BCcher.example", "a_b.example", "10.1.2.3", "-a.example")) {
            assertProblem(create(DOMAINS + '/' + wrong, "{}"), 400, "#/name");
        }
        assertProblem(create(DOMAINS + "/n9.edge.sipring.test", "{}"), 400, "#/name");
        assertThat(store.page("", 10)).isEmpty();
    }

    @Test
    void nobodyOverwritesWhatAnotherHasWritten() throws Exception {
        String old = tag(create(NEW, "{}"));
        patch(NEW, "{\"enabled\": false}");
        assertProblem(replace(NEW, "{}", old), 412);
        assertProblem(patch(NEW, "{\"enabled\": true}", "If-Match", old), 412);
        assertProblem(operator.send("DELETE", NEW, "", "If-Match", old), 412);
        assertProblem(create(NEW, "{}"), 412);
        assertProblem(replace(DOMAINS + "/other.example", "{}", "*"), 412);
        assertProblem(operator.send("PUT", NEW, "{}", "Content-Type", JSON), 428);
        assertThat(store.stored("example.com").orElseThrow().domain().enabled()).isFalse();
    }

    @Test
    void whatSettingsSayIsChangedThereAndThePlatformsOwnDomainStays() throws Exception {
        for (String fixed : List.of("sipring.test", "other.test")) {
            String target = DOMAINS + '/' + fixed;
            assertProblem(create(target, "{}"), 409);
            assertProblem(replace(target, "{}", "*"), 409);
            assertProblem(patch(target, "{\"enabled\": false}"), 409);
            assertProblem(operator.send("DELETE", target, ""), 409);
            assertThat(operator.get(target).headers().firstValue("ETag")).isEmpty();
        }
        assertThat(json(operator.get(DOMAINS + "/sipring.test")).path("source").asText())
                .isEqualTo("platform");
        assertThat(json(operator.get(DOMAINS + "/other.test")).path("source").asText())
                .isEqualTo("settings");
        assertThat(store.page("", 10)).isEmpty();
    }

    @Test
    void settingsCountWhereTheStoreSaysOtherwise() throws Exception {
        store.put(new Domain("other.test", List.of(), false), 0)
                .toCompletableFuture()
                .join();
        JsonNode shown = json(operator.get(DOMAINS + "/other.test"));
        assertThat(shown.path("source").asText()).isEqualTo("settings");
        assertThat(shown.path("enabled").asBoolean()).isTrue();
        assertThat(json(operator.get(DOMAINS)).findValuesAsText("name")).containsExactly("other.test", "sipring.test");
    }

    @Test
    void usersOfADomainComeAndGoWithIt() throws Exception {
        assertProblem(create(EVE, "{\"password\": \"x\"}"), 404);
        create(NEW, "{\"algorithms\": [\"SHA-256\"]}");
        assertThat(create(EVE, "{\"password\": \"x\"}").statusCode()).isEqualTo(201);
        assertThat(platform.accounts.find("eve@example.com"))
                .contains(Account.of("eve@example.com", "x", List.of(DigestAlgorithm.SHA_256)));

        HttpResponse<String> refused = operator.send("DELETE", NEW, "");
        assertProblem(refused, 409);
        assertThat(refused.body()).contains("has accounts yet");
        assertThat(operator.get(EVE).statusCode()).isEqualTo(200);

        assertThat(operator.send("DELETE", EVE, "").statusCode()).isEqualTo(204);
        assertThat(operator.send("DELETE", NEW, "").statusCode()).isEqualTo(204);
        assertProblem(create(EVE, "{\"password\": \"x\"}"), 404);
    }

    @Test
    void aSubscriberOfADomainProvesItselfWhileTheDomainIsServed() throws Exception {
        create(NEW, "{}");
        create(EVE, "{\"password\": \"hush\"}");
        Login eve = new Login(platform.stranger(), "eve", "example.com", "hush");
        assertThat(eve.send("GET", EVE, "").statusCode()).isEqualTo(200);
        patch(NEW, "{\"enabled\": false}");
        assertThat(eve.send("GET", EVE, "").statusCode()).isEqualTo(403);
        patch(NEW, "{\"enabled\": true}");
        assertThat(eve.send("GET", EVE, "").statusCode()).isEqualTo(200);
    }

    @Test
    void domainsAreListedPageByPage() throws Exception {
        for (String name : List.of("a.example", "p.example", "z.example")) {
            create(DOMAINS + '/' + name, "{}");
        }
        List<String> names = new ArrayList<>();
        String target = DOMAINS + "?limit=2";
        HttpResponse<String> page = operator.get(target);
        while (true) {
            json(page)
                    .path("domains")
                    .forEach(domain -> names.add(domain.path("name").asText()));
            if (!json(page).has("next")) {
                break;
            }
            assertThat(json(page).path("domains")).hasSize(2);
            page = operator.get(target + "&cursor=" + json(page).path("next").asText());
        }
        assertThat(names).containsExactly("a.example", "other.test", "p.example", "sipring.test", "z.example");
        JsonNode first = json(operator.get(DOMAINS)).path("domains").get(0);
        assertThat(first.path("etag").asText()).isEqualTo(tag(operator.get(DOMAINS + "/a.example")));
        assertProblem(operator.get(DOMAINS + "?limit=0"), 400);
    }

    @Test
    void eachChangeIsNoted() throws Exception {
        create(NEW, "{}");
        patch(NEW, "{\"enabled\": false, \"algorithms\": [\"MD5\"]}");
        operator.send("DELETE", NEW, "");
        JsonNode changes = json(operator.get("/v1/audit")).path("changes");
        assertThat(changes.findValuesAsText("action")).containsExactly("domain.delete", "domain.patch", "domain.put");
        assertThat(changes.findValuesAsText("subject")).containsOnly("example.com");
        assertThat(changes.get(1).path("fields").toString()).isEqualTo("[\"enabled\",\"algorithms\"]");
    }
}
