package org.sipring.app.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.sipring.app.process.CommandFailure;

/** What people read of accounts and of the API's problems. */
final class AccountTextTest {
    private static final String BUSY =
            """
            {"address": "alice@sipring.test", "name": "Alice", "enabled": true, "aliases": ["4711@sipring.test"],
             "contacts": 3, "doNotDisturb": true, "blocked": ["*@spam.test", "anonymous"], "algorithms": ["MD5"],
             "forwarding": {"busy": "sip:bob@sipring.test", "noAnswer": "tel:+123", "patience": 15}}
            """;
    private static final String PLAIN =
            """
            {"address": "bob@sipring.test", "name": "", "enabled": false, "aliases": [], "doNotDisturb": false,
             "blocked": [], "algorithms": ["MD5", "SHA-256"], "forwarding": {"patience": 20}}
            """;

    private static JsonNode json(String text) throws Exception {
        return new ObjectMapper().readTree(text);
    }

    @Test
    void aLineTellsWhatIsNotAsUsual() throws Exception {
        assertThat(AccountText.line(json(BUSY)))
                .isEqualTo(
                        "alice@sipring.test               Alice                    do not disturb, 2 blocked, forwards");
        assertThat(AccountText.line(json(PLAIN)).replaceAll(" +", " ")).isEqualTo("bob@sipring.test disabled");
    }

    @Test
    void allOfAnAccountIsShown() throws Exception {
        assertThat(AccountText.lines(json(BUSY)))
                .containsExactly(
                        "alice@sipring.test",
                        "  name            Alice",
                        "  enabled         yes",
                        "  aliases         4711@sipring.test",
                        "  contacts        at most 3",
                        "  do not disturb  yes",
                        "  blocked         *@spam.test, anonymous",
                        "  forwarding      when busy: sip:bob@sipring.test",
                        "                  after 15 s without an answer: tel:+123",
                        "  password for    MD5");
        assertThat(AccountText.lines(json(PLAIN))).contains("  forwarding      -", "  contacts        -");
    }

    @Test
    void aProblemIsASentenceAndALineForEachField() {
        String body =
                """
                {"title": "Bad Request", "status": 400, "detail": "some fields are wrong",
                 "errors": [{"pointer": "#/forwarding/busy", "detail": "must be a URI"},
                            {"parameter": "limit", "detail": "must be a number"}]}
                """;
        assertThat(Problem.text(400, body).lines())
                .containsExactly(
                        "some fields are wrong", "  forwarding.busy: must be a URI", "  limit: must be a number");
        assertThat(Problem.text(502, "<html>")).isEqualTo("the node answers with HTTP status 502");
        assertThat(Problem.text(500, "")).isEqualTo("the node answers with HTTP status 500");
    }

    @Test
    void anAddressMayBeWrittenAsAUri() {
        assertThat(Address.of("sip:Alice@Example.ORG")).isEqualTo(new Address("Alice", "example.org"));
        assertThatThrownBy(() -> Address.of("alice"))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("write user@domain");
        assertThatThrownBy(() -> Address.of("alice@")).isInstanceOf(CommandFailure.class);
    }
}
