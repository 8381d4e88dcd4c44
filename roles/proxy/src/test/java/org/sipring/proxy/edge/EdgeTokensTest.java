package org.sipring.proxy.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sipring.api.NodeId;
import org.sipring.proxy.keys.Purpose;
import org.sipring.proxy.keys.Veil;
import org.sipring.sip.SipUri;
import org.sipring.sip.transport.Transport;

/** Tokens: what is sealed is read back anywhere on the platform, and nothing else is. */
final class EdgeTokensTest {
    private static final Bond CALL = new Bond("call-1@192.0.2.7", "a");
    private static final Edge EDGE = new Edge(
            "alice@sipring.test",
            -42,
            3,
            new FlowRef(
                    new NodeId("n1"),
                    Long.MIN_VALUE,
                    Transport.TCP,
                    new InetSocketAddress("192.0.2.7", 40_000),
                    Long.MAX_VALUE));

    private final TestKeys keys = new TestKeys();
    private final EdgeTokens tokens = new EdgeTokens(keys);

    @Test
    void whatIsSealedIsReadBack() {
        assertThat(new EdgeTokens(keys).open(tokens.seal(EDGE, CALL), CALL)).contains(EDGE);
    }

    @Test
    void anIpv6AddressAndAnUnknownOwnerAreReadBack() {
        InetSocketAddress remote = new InetSocketAddress("2001:db8::1", 5060);
        Edge edge = new Edge("", 0, 0, new FlowRef(new NodeId("n1"), 1, Transport.UDP, remote, 0));
        assertThat(tokens.open(tokens.seal(edge, CALL), CALL)).contains(edge);
    }

    @Test
    void aTokenOfAnotherReleaseIsReadInVersion2() {
        String token =
                "AgAAAAGwgo53XJOKAdtOz7dq4wiVDEr6KFwxL-U3m3Kz9yEOpuTbqbL2mbUx9ZlVBNYek_dGpxB8ye4SFhAmjKocWg6lg0lirk2b";
        InetSocketAddress remote = new InetSocketAddress("192.0.2.1", 5062);
        Edge edge = new Edge("alice@sipring.test", -42, 3, new FlowRef(new NodeId("n1"), 7, Transport.TCP, remote, 9));
        assertThat(tokens.seal(edge, CALL)).isEqualTo(token);
        assertThat(tokens.open(token, CALL)).contains(edge);
    }

    @Test
    void aTokenTellsAPhoneNothingOfTheOther() {
        byte[] bytes = Base64.getUrlDecoder().decode(tokens.seal(EDGE, CALL).replace('.', 'C'));
        assertThat(new String(bytes, StandardCharsets.ISO_8859_1))
                .doesNotContain("alice")
                .doesNotContain("sipring")
                .doesNotContain("n1")
                .doesNotContain(new String(new byte[] {(byte) 192, 0, 2, 7}, StandardCharsets.ISO_8859_1));
    }

    @Test
    void aTokenIsGoodForItsCallOnly() {
        String token = tokens.seal(EDGE, CALL);
        assertThat(tokens.open(token, new Bond("call-2@192.0.2.7", CALL.tag()))).isEmpty();
        assertThat(tokens.open(token, new Bond("", ""))).isEmpty();
    }

    @Test
    void aTokenIsGoodForTheCallOfOneCallerOnly() {
        String token = tokens.seal(EDGE, CALL);
        assertThat(tokens.open(token, new Bond(CALL.callId(), "b"))).isEmpty();
        assertThat(tokens.open(token, new Bond(CALL.callId(), ""))).isEmpty();
        String foreign = tokens.sealForeign(Party.abroad("example.com"), CALL);
        assertThat(tokens.openForeign(foreign, CALL)).contains(Party.abroad("example.com"));
        assertThat(tokens.openForeign(foreign, new Bond(CALL.callId(), "b"))).isEmpty();
        assertThat(token).hasSameSizeAs(tokens.seal(EDGE, new Bond(CALL.callId(), "a".repeat(100))));
    }

    @Test
    void whatThePlatformHidForAnotherPurposeIsNoToken() {
        byte[] inner = new Veil(keys, Purpose.EDGE, 600)
                .read(tokens.seal(EDGE, CALL), CALL.subject())
                .orElseThrow();
        assertThat(tokens.open(new Veil(keys, Purpose.EDGE, 600).hide(inner, CALL.subject()), CALL))
                .contains(EDGE);
        assertThat(tokens.open(new Veil(keys, Purpose.FOREIGN, 600).hide(inner, CALL.subject()), CALL))
                .isEmpty();
        assertThat(tokens.openForeign(tokens.seal(EDGE, CALL), CALL)).isEmpty();
    }

    @Test
    void aTokenIsAUserPart() {
        String token = tokens.seal(EDGE, CALL);
        assertThat(token).matches("[A-Za-z0-9_.-]+").hasSizeLessThan(160);
        assertThat(SipUri.parse("sip:" + token + "@n1.edge.sipring.test;lr").map(SipUri::user))
                .contains(token);
    }

    @Test
    void everyChangedCharacterIsNoticed() {
        String token = tokens.seal(EDGE, CALL);
        for (int i = 0; i < token.length() - 1; i++) {
            char other = token.charAt(i) == 'A' ? 'B' : 'A';
            assertThat(tokens.open(token.substring(0, i) + other + token.substring(i + 1), CALL))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "alice", "AQ", "%%%", "AQAAAAcAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void anythingElseIsNoToken(String text) {
        assertThat(tokens.open(text, CALL)).isEmpty();
        assertThat(tokens.open(text.repeat(1_000), CALL)).isEmpty();
    }

    @Test
    void aTokenOfAnOlderKeyIsReadUntilTheKeyIsThrownAway() {
        String token = tokens.seal(EDGE, CALL);
        keys.add(2);
        assertThat(tokens.open(token, CALL)).contains(EDGE);
        assertThat(tokens.seal(EDGE, CALL)).isNotEqualTo(token);
        keys.all.remove(1);
        assertThat(tokens.open(token, CALL)).isEmpty();
    }

    @Test
    void aSideOfACallBetweenTwoOtherDomainsNamesBoth() {
        Party side = Party.abroad("example.com", "192.0.2.1");
        assertThat(tokens.openForeign(tokens.sealForeign(side, CALL), CALL)).contains(side);
        assertThat(side.talksWith(Party.abroad("192.0.2.1"))).isTrue();
        assertThat(Party.abroad("192.0.2.1").talksWith(side)).isTrue();
        assertThat(side.talksWith(Party.abroad("192.0.2.2"))).isFalse();
        assertThat(Party.abroad("example.com").talksWith(Party.abroad("192.0.2.1")))
                .isFalse();
    }
}
