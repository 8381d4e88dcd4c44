package org.sipring.app.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.sipring.app.process.CommandFailure;

/** How people write and read domains. */
final class DomainTextTest {
    private static JsonNode json(String text) throws Exception {
        return new ObjectMapper().readTree(text);
    }

    @Test
    void namesAreInLowerCaseWithALabels() {
        assertThat(DomainText.name("Example.COM")).isEqualTo("example.com");
        assertThat(DomainText.name("Bücher.example")).isEqualTo("xn--bcher-kva.example");
        assertThat(DomainText.name("xn--bcher-kva.example")).isEqualTo("xn--bcher-kva.example");
        assertThat(DomainText.name("a_b.example")).as("for the API to judge").isEqualTo("a_b.example");
    }

    @Test
    void aLetterThatOldRulesTakeForAnotherIsNotGuessed() {
        assertThatThrownBy(() -> DomainText.name("straße.example"))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("write its A-labels");
    }

    @Test
    void aLineTellsWhoSaysItAndWhatIsNotAsUsual() throws Exception {
        assertThat(DomainText.line(json(
                        "{\"name\": \"a.test\", \"source\": \"store\", \"enabled\": false, \"offered\": [\"MD5\"]}")))
                .matches("a\\.test +store +MD5 +disabled");
        assertThat(DomainText.line(
                        json("{\"name\": \"a.test\", \"source\": \"settings\", \"enabled\": true, \"offered\": []}")))
                .matches("a\\.test +settings");
    }

    @Test
    void allOfItTellsWhatTheZoneMustSay() throws Exception {
        assertThat(
                        DomainText.lines(
                                json(
                                        "{\"name\": \"a.test\", \"source\": \"store\", \"enabled\": true,"
                                                + " \"offered\": [\"SHA-256\", \"MD5\"], \"dns\": {\"records\": [\"one\"], \"secure\": [\"two\"]}}")))
                .containsExactly(
                        "a.test",
                        "  source          store",
                        "  enabled         yes",
                        "  algorithms      SHA-256, MD5",
                        "Its zone leads here by these records, which its owner makes once:",
                        "  one",
                        "and by TLS by these, once sip.tls.certificates has a certificate that names it:",
                        "  two");
        assertThat(DomainText.zone(json("{\"name\": \"sipring.test\"}"))).isEmpty();
    }
}
