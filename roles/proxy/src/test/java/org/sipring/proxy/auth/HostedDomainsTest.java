package org.sipring.proxy.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sipring.accounts.Account;
import org.sipring.accounts.domain.Domain;
import org.sipring.accounts.domain.DomainStore;
import org.sipring.accounts.domain.HostedDomains;
import org.sipring.accounts.domain.LiveDomains;
import org.sipring.accounts.domain.PinnedDomains;
import org.sipring.sip.SipMessage;
import org.sipring.sip.digest.DigestAlgorithm;
import org.sipring.sip.digest.DigestChallenge;
import org.sipring.sip.digest.DigestClient;
import org.sipring.store.MemoryStore;

/** Each domain of a platform is a realm of its own, with its own algorithms: RFC 8760 section 2.4. */
final class HostedDomainsTest {
    private final DomainStore store = new DomainStore(new MemoryStore());
    private final HostedDomains domains = LiveDomains.open(
            new PinnedDomains(
                    "sipring.test",
                    List.of(DigestAlgorithm.MD5),
                    List.of(
                            new Domain("customer.test", List.of(DigestAlgorithm.MD5, DigestAlgorithm.SHA_256), true),
                            new Domain("strict.test", List.of(DigestAlgorithm.SHA_256), true))),
            store);
    private final Caller caller = new Caller(new AuthSettings(domains, false));

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

    private long write(String name, List<DigestAlgorithm> algorithms, boolean enabled, long expected) {
        return store.put(new Domain(name, algorithms, enabled), expected)
                .toCompletableFuture()
                .join()
                .orElseThrow();
    }

    @Test
    void aDomainThatIsAddedIsARealmFromThenOnWithItsOwnAlgorithms() {
        assertThat(challenges("sip:alice@new.test"))
                .extracting(DigestChallenge::realm)
                .containsExactly("sipring.test");
        caller.platform.add(Account.of("alice@new.test", "fresh", List.of(DigestAlgorithm.values())));
        long revision = write("new.test", List.of(DigestAlgorithm.SHA_256), true, 0);
        assertThat(challenges("sip:alice@new.test"))
                .extracting(DigestChallenge::realm, DigestChallenge::algorithm)
                .containsExactly(tuple("new.test", DigestAlgorithm.SHA_256));
        assertThat(call("sip:alice@new.test", "new.test", "fresh"))
                .isEqualTo(new Verdict.Admitted("alice@new.test", Optional.of("alice@new.test")));

        write("new.test", List.of(), true, revision);
        assertThat(challenges("sip:alice@new.test"))
                .as("as the platform's own domain")
                .extracting(DigestChallenge::realm, DigestChallenge::algorithm)
                .containsExactly(tuple("new.test", DigestAlgorithm.MD5));
    }

    @Test
    void whatWasProvedInADomainThatIsRemovedProvesNothing() {
        caller.platform.add(Account.of("alice@new.test", "fresh", List.of(DigestAlgorithm.values())));
        long revision = write("new.test", List.of(), true, 0);
        SipMessage request = Caller.message("sip:alice@new.test");
        SipMessage proved = Caller.with(
                request,
                caller.client("alice", "fresh")
                        .answer(challenges("sip:alice@new.test").get(0), request));
        store.remove("new.test", revision).toCompletableFuture().join();
        assertThat(Caller.challenges(caller.refusal(proved)))
                .extracting(DigestChallenge::realm)
                .containsExactly("sipring.test");
    }

    @Test
    void usersOfADisabledDomainAreDisabled() {
        caller.platform.add(Account.of("alice@new.test", "fresh", List.of(DigestAlgorithm.values())));
        long revision = write("new.test", List.of(), false, 0);
        assertThat(status(call("sip:alice@new.test", "new.test", "fresh"))).isEqualTo(403);
        write("new.test", List.of(), true, revision);
        assertThat(status(call("sip:alice@new.test", "new.test", "fresh"))).isEqualTo(200);
    }

    private static int status(Verdict verdict) {
        return verdict.match(aor -> 200, SipMessage::status);
    }
}
