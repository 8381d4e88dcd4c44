package org.sipring.provisioning.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sipring.http.HttpPeer;
import org.sipring.http.HttpRequest;

/** What requests say in their heads. RFC 9110. */
class RulesTest {
    private static HttpRequest request(String... fields) {
        Map<String, String> all = new java.util.HashMap<>();
        for (int i = 0; i < fields.length; i += 2) {
            all.put(fields[i], fields[i + 1]);
        }
        HttpPeer peer = new HttpPeer(InetAddress.getLoopbackAddress(), Optional.empty());
        return new HttpRequest("GET", "/", all, new byte[0], false, peer);
    }

    @Test
    void aPathNamesThings() {
        PathTemplate template = new PathTemplate("/v1/domains/{domain}/accounts/{user}");
        assertThat(template.match("/v1/domains/sipring.test/accounts/%2B49%2030+%C3%A4%2F1"))
                .contains(Map.of("domain", "sipring.test", "user", "+49 30+ä/1"));
        for (String other : List.of(
                "/v1/domains/sipring.test/accounts",
                "/v1/domains/sipring.test/accounts/",
                "/v1/domains/sipring.test/accounts/a/b",
                "/v2/domains/sipring.test/accounts/a",
                "/v1/domains/sipring.test/accounts/%zz",
                "")) {
            assertThat(template.match(other)).isEmpty();
        }
    }

    @Test
    void ifMatchMustNameTheCurrentTag() {
        assertThat(Preconditions.against(request("if-match", "\"7\""), 7)).isEmpty();
        assertThat(Preconditions.against(request("if-match", "\"1\", \"7\""), 7))
                .isEmpty();
        assertThat(Preconditions.against(request("if-match", "*"), 7)).isEmpty();
        assertThat(Preconditions.against(request("if-match", "\"8\""), 7)).isPresent();
        assertThat(Preconditions.against(request("if-match", "W/\"7\""), 7)).isPresent();
        assertThat(Preconditions.against(request("if-match", "*"), 0)).isPresent();
        assertThat(Preconditions.against(request("if-match", "\"0\""), 0)).isPresent();
    }

    @Test
    void ifNoneMatchMustNotNameIt() {
        assertThat(Preconditions.against(request("if-none-match", "*"), 0)).isEmpty();
        assertThat(Preconditions.against(request("if-none-match", "*"), 7)).isPresent();
        assertThat(Preconditions.against(request("if-none-match", "\"6\""), 7)).isEmpty();
        assertThat(Preconditions.known(request("if-none-match", "W/\"7\""), 7)).isTrue();
        assertThat(Preconditions.known(request(), 7)).isFalse();
    }

    @Test
    void theBestAcceptedMediaTypeIsChosen() {
        List<String> ours = List.of("text/csv", "application/jsonl");
        assertThat(MediaTypes.taken(request(), ours)).contains("text/csv");
        assertThat(MediaTypes.taken(request("accept", "application/*"), ours)).contains("application/jsonl");
        assertThat(MediaTypes.taken(request("accept", "text/csv;q=0.1, application/jsonl"), ours))
                .contains("application/jsonl");
        assertThat(MediaTypes.taken(request("accept", "*/*, text/csv;q=0"), ours))
                .contains("application/jsonl");
        assertThat(MediaTypes.taken(request("accept", "image/png, nonsense;q=x"), ours))
                .isEmpty();
    }

    @Test
    void theSentMediaTypeIsReadWithoutItsParameters() {
        assertThat(MediaTypes.sent(request("content-type", "Application/JSON; charset=utf-8")))
                .isEqualTo("application/json");
        assertThat(MediaTypes.sent(request())).isEmpty();
    }
}
