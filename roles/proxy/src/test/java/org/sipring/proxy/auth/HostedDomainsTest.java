package org.sipring.proxy.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sipring.accounts.Account;
import org.sipring.sip.SipMessage;
import org.sipring.sip.digest.DigestAlgorithm;
import org.sipring.sip.digest.DigestChallenge;
import org.sipring.sip.digest.DigestClient;

/** Each domain of a platform is a realm of its own, with its own algorithms: RFC 8760 section 2.4. */
final class HostedDomainsTest {
    private final Caller caller = new Caller(new AuthSettings(
            new Realm("sipring.test", List.of(DigestAlgorithm.MD5)),
            List.of(
                    new Realm("customer.test", List.of(DigestAlgorithm.MD5, DigestAlgorithm.SHA_256)),
                    new Realm("strict.test", List.of(DigestAlgorithm.SHA_256)))));

    HostedDomainsTest() {
        caller.platform.add(Account.of("alice@customer.test", "other", List.of(DigestAlgorithm.values())));
        caller.platform.add(Account.of("alice@strict.test", "secret", List.of(DigestAlgorithm.values())));
    }

    private List<DigestChallenge> challenges(String from, String... headers) {
        return Caller.challenges(caller.refusal(Caller.message(from, headers)));
    }

    private Verdict call(String from, String realm, String password) {
        SipMessage request = Caller.message(from);
        DigestChallenge challenge = challenges("sip:alice@" + realm).get(0);
        DigestClient client = caller.client("alice", password);
        return caller.judge(Caller.with(request, client.answer(challenge, request)));
    }

    @Test
    void whoIsAskedIsAskedAsAUserOfTheDomainThatFromNames() {
        assertThat(challenges("sip:alice@sipring.test"))
                .extracting(DigestChallenge::realm, DigestChallenge::algorithm)
                .containsExactly(tuple("sipring.test", DigestAlgorithm.MD5));
        assertThat(challenges("sip:alice@customer.test"))
                .extracting(DigestChallenge::realm)
                .containsExactly("customer.test", "customer.test");
        assertThat(challenges("sip:alice@strict.test"))
                .extracting(DigestChallenge::algorithm)
                .containsExactly(DigestAlgorithm.SHA_256);
        assertThat(challenges("sip:x@elsewhere.test"))
                .extracting(DigestChallenge::realm)
                .containsExactly("sipring.test");
    }

    @Test
    void whoNamesNobodyIsAskedAsWhomItPrefersToBe() {
        assertThat(challenges("sip:anonymous@anonymous.invalid", "P-Preferred-Identity", "<sip:alice@strict.test>"))
                .extracting(DigestChallenge::realm)
                .containsExactly("strict.test");
        assertThat(challenges("sip:anonymous@anonymous.invalid"))
                .as("as a user of the domain that it calls")
                .extracting(DigestChallenge::realm)
                .containsExactly("sipring.test");
    }

    @Test
    void aUserOfOneDomainIsNoneOfAnother() {
        assertThat(call("sip:alice@customer.test", "customer.test", "other"))
                .isEqualTo(new Verdict.Admitted("alice@customer.test", Optional.of("alice@customer.test")));
        assertThat(status(call("sip:alice@customer.test", "customer.test", "secret")))
                .as("the password of alice@sipring.test")
                .isEqualTo(407);
        assertThat(status(call("sip:alice@customer.test", "sipring.test", "secret")))
                .as("proved, but somebody else")
                .isEqualTo(403);
    }

    private static int status(Verdict verdict) {
        return verdict.match(aor -> 200, SipMessage::status);
    }
}
