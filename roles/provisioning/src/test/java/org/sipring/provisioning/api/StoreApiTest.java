package org.sipring.provisioning.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sipring.store.group.ReplicaName;

/** Orders about replicas, over real TLS. */
class StoreApiTest extends OperatorAtTheApi {
    private HttpResponse<String> replace(String body) throws Exception {
        return operator.send("POST", "/v1/store/replace", body, "Content-Type", JSON);
    }

    private List<ReplicaName> oneOfTwo() {
        List<ReplicaName> replicas = platform.keepers.replicas("n1", "n2");
        platform.group.update(KnownNodes.kept(replicas.subList(0, 1)));
        return replicas;
    }

    @Test
    void aReplicaIsOrderedAwayOnceAndThatIsInTheAuditLog() throws Exception {
        List<ReplicaName> replicas = oneOfTwo();

        for (int time = 0; time < 2; time++) {
            HttpResponse<String> reply = replace("{\"node\": \"n1\"}");
            assertThat(reply.statusCode()).as(reply.body()).isEqualTo(202);
            assertThat(json(reply).path("node").asText()).isEqualTo("n1");
            assertThat(platform.group.unwanted()).containsExactly(replicas.get(0));
        }
        assertThat(operator.get("/v1/audit").body()).contains("store.replace", "replica of n1", "certificate ops");
    }

    @Test
    void aBodyThatNamesNoNodeIsRefusedWithTheField() throws Exception {
        oneOfTwo();

        assertProblem(replace("{}"), 400, "#/node");
        assertProblem(replace("{\"node\": null}"), 400, "#/node");
        assertProblem(replace("{\"node\": 1}"), 400, "#/node");
        assertProblem(replace("{\"node\": \"N1\"}"), 400, "#/node");
        assertProblem(replace("{\"node\": \"n1\", \"by\": \"n2\"}"), 400, "#/by");
        assertProblem(replace("n1"), 400);
        assertThat(operator.send("POST", "/v1/store/replace", "{\"node\": \"n1\"}", "Content-Type", "text/plain")
                        .statusCode())
                .isEqualTo(415);
        assertThat(platform.group.unwanted()).isEmpty();
    }

    @Test
    void aNodeThatKeepsNoReplicaIsNotFound() throws Exception {
        oneOfTwo();

        assertProblem(replace("{\"node\": \"n2\"}"), 404);
        assertProblem(replace("{\"node\": \"n9\"}"), 404);
    }

    @Test
    void whereNobodyCouldTakeThePlaceItIsRefused() throws Exception {
        platform.group.update(KnownNodes.kept(platform.keepers.replicas("n1")));

        assertProblem(replace("{\"node\": \"n1\"}"), 409);
        assertThat(platform.group.unwanted()).isEmpty();
    }

    @Test
    void whereNobodyKnowsOrNothingCanBeWrittenItIsToldToComeAgain() throws Exception {
        HttpResponse<String> unknown = replace("{\"node\": \"n1\"}");
        assertProblem(unknown, 503);
        assertThat(unknown.headers().firstValue("Retry-After")).isPresent();

        oneOfTwo();
        platform.distant.cutOff(true);
        assertProblem(replace("{\"node\": \"n1\"}"), 503);
    }

    @Test
    void aPlatformThatKeepsNothingHasNothingToReplace() throws Exception {
        try (Platform forgetful = new Platform(folder.resolve("forgetful"), false, false)) {
            HttpResponse<String> reply =
                    forgetful.operator().send("POST", "/v1/store/replace", "{\"node\": \"n1\"}", "Content-Type", JSON);
            assertProblem(reply, 409);
            assertThat(reply.body()).contains("store.durable = false");
        }
    }
}
