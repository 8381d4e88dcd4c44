package org.sipring.proxy.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sipring.api.NodeId;
import org.sipring.sip.transport.Flow;
import org.sipring.sip.transport.Transport;
import org.sipring.testkit.SimTime;

final class JournalsTest {
    private static final InetSocketAddress HERE = new InetSocketAddress("192.0.2.1", 5060);
    private static final String CALL = "3848276298220188511@atlanta.example.com";

    private final SimTime time = new SimTime();

    private Journals journals(int bytes) {
        return new Journals(new JournalSettings(bytes, Duration.ofMinutes(10)), 2);
    }

    private List<String> told(Journals journals, String call) {
        var found = journals.find(call, 100).toCompletableFuture();
        time.advance(Duration.ofMillis(1));
        return found.join().stream().map(Note::text).toList();
    }

    private String told(Decision decision, Object... details) {
        Journals journals = journals(10_000);
        journals.open(time.ticker()).note(CALL, decision, details);
        return told(journals, CALL).get(0);
    }

    @Test
    void theNotesOfAllLoopsAreTold() {
        Journals journals = journals(10_000);
        Journal one = journals.open(time.ticker());
        Journal other = journals.open(time.ticker());
        one.note(CALL, Decision.CANCELLED);
        time.advance(Duration.ofMillis(5));
        other.note(CALL, Decision.PROVED, "alice@sipring.test");
        one.note("another", Decision.PROVED, "bob@sipring.test");

        assertThat(told(journals, CALL))
                .containsExactly("the caller cancelled", "the caller proved to be alice@sipring.test");
    }

    @Test
    void theNewestAreToldWhereThereAreTooMany() {
        Journals journals = journals(100_000);
        Journal journal = journals.open(time.ticker());
        for (int i = 0; i < 20; i++) {
            journal.note(CALL, Decision.BEST, i);
        }
        var found = journals.find(CALL, 2).toCompletableFuture();
        time.advance(Duration.ofMillis(1));
        assertThat(found.join()).extracting(Note::text).allMatch(text -> text.matches(".*is 1[89],.*"));
    }

    @Test
    void nothingIsRememberedForLongerThanItMayBe() {
        Journals journals = journals(10_000);
        journals.open(time.ticker()).note(CALL, Decision.CANCELLED);
        time.advance(Duration.ofMinutes(11));
        assertThat(told(journals, CALL)).isEmpty();
    }

    @Test
    void nothingIsNotedWithoutMemory() {
        Journals journals = journals(0);
        assertThat(journals.open(time.ticker())).isSameAs(Journal.NONE);
        assertThat(told(journals, CALL)).isEmpty();
    }

    @Test
    void aFlowIsToldByTransportAndAddressOrByNode() {
        InetSocketAddress v6 = new InetSocketAddress("2001:db8::7", 65_535);
        assertThat(told(Decision.STOPPED, Flow.udp(HERE, new InetSocketAddress("192.0.2.77", 5070))))
                .isEqualTo("told to stop: UDP 192.0.2.77:5070");
        assertThat(told(Decision.STOPPED, new Flow(Transport.TLS, HERE, v6, 3, null)))
                .isEqualTo("told to stop: TLS [2001:db8:0:0:0:0:0:7]:65535");
        assertThat(told(Decision.STOPPED, new Flow(Transport.NODE, HERE, v6, 3, new NodeId("n2"))))
                .isEqualTo("told to stop: node n2");
    }

    @Test
    void ofAUriNothingIsNotedThatMayBeASecret() {
        assertThat(told(Decision.NO_WAY, "sip:alice:secret@192.0.2.7:5070;pn-prid=token;ob?X-Key=1"))
                .isEqualTo("there is no way to sip:alice@192.0.2.7:5070");
        assertThat(told(Decision.NO_WAY, "sips:[2001:db8::7]:5061;transport=tls"))
                .isEqualTo("there is no way to sips:[2001:db8::7]:5061");
        assertThat(told(Decision.NO_WAY, "sip:host.example;x=a@b")).doesNotContain(";");
    }

    @Test
    void wordsOfStrangersAreShortAndObeyedByNoTerminal() {
        String hostile = "\u001b]0;pwned\u0007\r\n2024 forged line \u202e \u00e9" + "x".repeat(70_000);
        assertThat(told(Decision.HEARD, 200, hostile, hostile))
                .matches("[ -~]*")
                .hasSizeLessThan(1_000)
                .startsWith("heard 200 \\x1b]0;pwned\\x07\\x0d\\x0a2024 forged line ? \\xe9xxx");
    }

    @Test
    void aLongCallIdIsFoundByAllOfIt() {
        Journals journals = journals(10_000);
        Journal journal = journals.open(time.ticker());
        String start = "\u20ac\u001b" + "x".repeat(60_000);
        journal.note(start + "1", Decision.CANCELLED);
        assertThat(told(journals, start + "1")).hasSize(1);
        assertThat(told(journals, start + "2")).isEmpty();
        assertThat(told(journals, start)).isEmpty();
    }

    @Test
    void everyDecisionFitsWithTheLongestDetails() {
        Flow flow = new Flow(Transport.NODE, HERE, HERE, 1, new NodeId("n".repeat(50)));
        for (Decision decision : Decision.values()) {
            String words = "sip:" + "u".repeat(300) + '@' + "h".repeat(300);
            assertThat(told(decision, words, words, flow, words)).isNotEmpty();
        }
    }
}
