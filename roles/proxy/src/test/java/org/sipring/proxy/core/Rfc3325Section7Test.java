package org.sipring.proxy.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sipring.proxy.auth.Verdict;
import org.sipring.sip.MessageBuilder;
import org.sipring.sip.SipMessage;

/** RFC 3325 sections 5 and 7, RFC 3323 section 5: who is told who calls. Alice is at n1, Bob at n1 or n2. */
final class Rfc3325Section7Test {
    private static final String ASSERTED = "P-Asserted-Identity";

    private final World world = World.of(2);
    private final Phone alice = world.udp("alice", "192.0.2.1");
    private final Phone bob = world.tcp("bob", "192.0.2.2");

    @BeforeEach
    void register() {
        world.register(alice, "n1");
    }

    private SipMessage invite(String... headers) {
        MessageBuilder edit = alice.invite("bob").edit();
        for (int i = 0; i < headers.length; i += 2) {
            edit.set(headers[i], headers[i + 1]);
        }
        return edit.build();
    }

    private void calls(SipMessage invite) {
        alice.send(world.node("n1"), invite);
        world.settle();
    }

    @ParameterizedTest
    @ValueSource(strings = {"n1", "n2"})
    void aPhoneIsToldWhoCalls(String there) {
        world.register(bob, there);
        calls(invite());
        assertThat(bob.last().headers(ASSERTED)).containsExactly("<sip:alice@sipring.test>");
    }

    @ParameterizedTest
    @CsvSource({
        "n1, id",
        "n2, id",
        "n1, header;id",
        "n2, ID; critical",
        "n2, 'user, id'",
    })
    void aPhoneIsNotToldWhoDoesNotWantToBeKnown(String there, String privacy) {
        world.register(bob, there);
        calls(invite("Privacy", privacy));
        assertThat(bob.last().method()).isEqualTo("INVITE");
        assertThat(bob.last().headers(ASSERTED)).isEmpty();
        assertThat(bob.last().header("Privacy")).contains(privacy);
    }

    /** The callee's node has to be told in any case: it may have to hide it. */
    @Test
    void theOtherNodeIsToldAllTheSame() {
        world.register(bob, "n2");
        List<SipMessage> heard = world.node("n2").heard;
        calls(invite("Privacy", "id"));
        assertThat(heard.get(0).headers(ASSERTED)).containsExactly("<sip:alice@sipring.test>");
    }

    @Test
    void whoNamesNobodyIsNamedOnlyWhereItSaysSo() {
        world.register(bob, "n1");
        String nobody = "\"Anonymous\" <sip:anonymous@anonymous.invalid>;tag=1";
        world.node("n1").callers = request -> new Verdict.Admitted(alice.aor(), Optional.of(alice.aor()));
        calls(invite("From", nobody));
        assertThat(bob.last().headers(ASSERTED)).isEmpty();
        calls(invite("From", nobody, "Privacy", "none", "Call-ID", "another"));
        assertThat(bob.last().headers(ASSERTED)).containsExactly("<sip:alice@sipring.test>");
    }

    @Test
    void nobodyIsNamedWhereNobodyHasToProveWhoItIs() {
        world.register(bob, "n1");
        world.node("n1").callers = request -> Verdict.Admitted.unproved(alice.aor());
        calls(invite(ASSERTED, "<sip:president@sipring.test>"));
        assertThat(bob.last().method()).isEqualTo("INVITE");
        assertThat(bob.last().headers(ASSERTED)).isEmpty();
    }

    /** RFC 3323 section 5. */
    @ParameterizedTest
    @ValueSource(strings = {"header;critical", "critical; session", "id;user;critical", "critical;novel"})
    void whoCannotDoWithoutWhatNobodyHidesIsRefused(String privacy) {
        world.register(bob, "n1");
        calls(invite("Privacy", privacy));
        assertThat(alice.last().status()).isEqualTo(500);
        assertThat(bob.heard).isEmpty();
    }

    @Test
    void whoCanDoWithoutIsPutThrough() {
        world.register(bob, "n1");
        calls(invite("Privacy", "header;session;user"));
        assertThat(bob.last().header("Privacy")).contains("header;session;user");
    }
}
