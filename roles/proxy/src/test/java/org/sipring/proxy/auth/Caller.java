package org.sipring.proxy.auth;

import static org.assertj.core.api.Assertions.fail;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.sipring.sip.SipMessage;
import org.sipring.sip.digest.DigestAlgorithm;
import org.sipring.sip.digest.DigestChallenge;
import org.sipring.sip.digest.DigestClient;

/** Somebody who calls through one node, and what the node thinks of it. */
final class Caller {
    static final AuthSettings ALL = new AuthSettings("sipring.test", List.of(DigestAlgorithm.values()));

    final Platform platform = new Platform();
    final Authenticator authenticator;

    Caller(AuthSettings settings) {
        authenticator = platform.authenticator(Platform.N1, settings);
    }

    DigestClient client(String user, String password) {
        return new DigestClient(user, password, platform.chance.split());
    }

    /** A MESSAGE from somebody, with a body. */
    static SipMessage message(String from, String... headers) {
        var edit = SipMessage.request("MESSAGE", "sip:bob@sipring.test")
                .add("Via", "SIP/2.0/UDP 192.0.2.1:5062;branch=z9hG4bK1")
                .add("Max-Forwards", "70")
                .add("From", '<' + from + ">;tag=1")
                .add("To", "<sip:bob@sipring.test>")
                .add("Call-ID", "c")
                .add("CSeq", "1 MESSAGE");
        for (int i = 0; i < headers.length; i += 2) {
            edit.add(headers[i], headers[i + 1]);
        }
        return edit.body("Hello".getBytes(StandardCharsets.UTF_8)).build();
    }

    Verdict judge(SipMessage request) {
        return platform.time.until(authenticator.judgeRequest(request, Platform.PHONE));
    }

    /** The refusal of a request. */
    SipMessage refusal(SipMessage request) {
        return judge(request).match(aor -> fail("admitted as " + aor), response -> response);
    }

    /** The challenges of a refusal, in order. */
    static List<DigestChallenge> challenges(SipMessage refusal) {
        return refusal.headers("Proxy-Authenticate").stream()
                .map(header -> DigestChallenge.parse(header).orElseThrow())
                .toList();
    }

    DigestChallenge challenge(DigestAlgorithm algorithm) {
        return challenges(refusal(message("sip:alice@sipring.test"))).stream()
                .filter(one -> one.algorithm() == algorithm)
                .findFirst()
                .orElseThrow();
    }

    static SipMessage with(SipMessage request, Object... credentials) {
        var edit = request.edit();
        for (Object one : credentials) {
            edit.add("Proxy-Authorization", one.toString());
        }
        return edit.build();
    }
}
