package org.sipring.provisioning.form;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sipring.accounts.Account;
import org.sipring.accounts.CallForwarding;
import org.sipring.accounts.CallRules;
import org.sipring.accounts.domain.HostedDomain;
import org.sipring.accounts.domain.PinnedDomains;
import org.sipring.provisioning.problem.FieldProblem;
import org.sipring.sip.digest.DigestAlgorithm;

class AccountFormTest {
    private static final List<DigestAlgorithm> BOTH = List.of(DigestAlgorithm.MD5, DigestAlgorithm.SHA_256);
    private static final HostedDomain DOMAIN = new PinnedDomains("sipring.test", BOTH, List.of()).own();
    private static final Account ALICE = Account.of("alice@sipring.test", "secret", BOTH)
            .withAliases(List.of("+4930123@sipring.test"))
            .withName("Alice, \"A\"")
            .withContacts(OptionalInt.of(5))
            .withEnabled(false)
            .withRules(new CallRules(
                    new CallForwarding(
                            Optional.of("sip:bob@other.test"),
                            Optional.of("tel:+4930456"),
                            Optional.of("sips:carol@sipring.test"),
                            Duration.ofSeconds(7),
                            Optional.of("tel:7042;phone-context=example.com")),
                    true,
                    List.of("eve@bad.test", "*@spam.test", CallRules.ANONYMOUS)));

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text.replace('\'', '"'));
        } catch (Exception broken) {
            throw new IllegalArgumentException(broken);
        }
    }

    private static AccountForm.Reading read(JsonNode document, String user, Optional<Account> present) {
        return AccountForm.read(document, new Subject(DOMAIN, user, present));
    }

    private static List<String> wrong(String document) {
        AccountForm.Reading reading = read(json(document), "alice", Optional.of(ALICE));
        return reading.problems().stream().map(FieldProblem::where).toList();
    }

    @Test
    void whatIsShownCanBeWrittenAndMeansTheSame() {
        JsonNode shown = AccountView.of(ALICE);
        assertThat(read(shown, "alice", Optional.of(ALICE)).account()).contains(ALICE);
    }

    @Test
    void nothingSecretIsShown() {
        assertThat(AccountView.of(ALICE).toString())
                .contains("\"algorithms\":[\"MD5\",\"SHA-256\"]")
                .doesNotContain("ha1", "secret", ALICE.ha1(DigestAlgorithm.MD5).orElseThrow());
    }

    @Test
    void whatIsTakenAwayWithItsSecretsIsTheSameElsewhere() {
        assertThat(read(AccountView.withSecrets(ALICE), "alice", Optional.empty())
                        .account())
                .contains(ALICE);
    }

    @Test
    void whatIsLeftOutIsAsInANewAccountButThePasswordStays() {
        Account plain = Account.of("alice@sipring.test", ALICE.ha1());
        assertThat(read(json("{}"), "alice", Optional.of(ALICE)).account()).contains(plain);
    }

    @Test
    void aNewAccountNeedsAPassword() {
        assertThat(read(json("{}"), "alice", Optional.empty()).problems())
                .extracting(FieldProblem::where)
                .containsExactly("/password");
    }

    @Test
    void aPasswordIsKeptForEachAlgorithmOfTheDomain() {
        assertThat(read(json("{'password': 'secret'}"), "alice", Optional.empty())
                        .account())
                .contains(Account.of("alice@sipring.test", "secret", BOTH));
    }

    @Test
    void hashesMayBeGivenInItsPlace() {
        String hash = "939E7578ED9E3C518A452ACEE763BCE9";
        assertThat(read(json("{'ha1': {'MD5': '" + hash + "'}}"), "alice", Optional.empty())
                        .account()
                        .orElseThrow()
                        .ha1())
                .isEqualTo(Map.of(DigestAlgorithm.MD5, "939e7578ed9e3c518a452acee763bce9"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'nmae': 'A'} | /nmae",
                "{'a/b~c': 'A'} | /a~1b~0c",
                "{'address': 'bob@sipring.test'} | /address",
                "{'name': 7} | /name",
                "{'name': 'a\\u0007'} | /name",
                "{'enabled': 'yes'} | /enabled",
                "{'contacts': 0} | /contacts",
                "{'contacts': 1.5} | /contacts",
                "{'contacts': 99999999999} | /contacts",
                "{'aliases': 'x'} | /aliases",
                "{'aliases': ['a@sipring.test', 'b@other.test']} | /aliases/1",
                "{'aliases': ['a@sipring.test', 'a@sipring.test']} | /aliases/1",
                "{'aliases': ['alice@sipring.test']} | /aliases/0",
                "{'blocked': ['*@*']} | /blocked/0",
                "{'blocked': ['eve@BAD.test']} | /blocked/0",
                "{'doNotDisturb': 1} | /doNotDisturb",
                "{'forwarding': 'sip:bob@sipring.test'} | /forwarding",
                "{'forwarding': {'busy': 'http://x'}} | /forwarding/busy",
                "{'forwarding': {'never': 'sip:x@y'}} | /forwarding/never",
                "{'forwarding': {'patience': 301}} | /forwarding/patience",
                "{'password': ''} | /password",
                "{'password': ['x']} | /password",
                "{'password': 'x', 'ha1': {'MD5': '939e7578ed9e3c518a452acee763bce9'}} | /ha1",
                "{'ha1': {}} | /ha1",
                "{'ha1': {'MD5': '939e'}} | /ha1/MD5",
                "{'ha1': {'MD4': '939e7578ed9e3c518a452acee763bce9'}} | /ha1/MD4",
            })
    void whatIsWrongIsNamed(String document, String where) {
        assertThat(wrong(document)).containsExactly(where);
    }

    @Test
    void everythingThatIsWrongIsNamedAtOnce() {
        assertThat(wrong("{'name': 1, 'contacts': -1, 'forwarding': {'busy': 2}}"))
                .containsExactlyInAnyOrder("/name", "/contacts", "/forwarding/busy");
    }

    @ParameterizedTest
    @CsvSource({"a b", "a@b", "''", "<x>", "a\u0000b"})
    void aUserMustBeOneOfASipUri(String user) {
        assertThat(read(json("{'password': 'x'}"), user, Optional.empty()).problems())
                .extracting(FieldProblem::where)
                .contains("/address");
    }

    @Test
    void subscribersMayChangeTheirRulesNameAndPasswordOnly() {
        Account theirs = ALICE.withName("A").withRules(CallRules.NONE).withPassword("other", BOTH);
        assertThat(Changes.between(ALICE, theirs))
                .containsExactly("password", "name", "doNotDisturb", "blocked", "forwarding");
        assertThat(Changes.notForSubscribers(json("{}"), ALICE, theirs)).isEmpty();
        Account others =
                ALICE.withAliases(List.of()).withContacts(OptionalInt.empty()).withEnabled(true);
        assertThat(Changes.notForSubscribers(json("{}"), ALICE, others))
                .containsExactly("aliases", "contacts", "enabled");
        assertThat(Changes.notForSubscribers(json("{'ha1': {}}"), ALICE, theirs))
                .containsExactly("ha1");
    }

    @Test
    void strangersJsonMustBeOneObjectAndSayNothingTwice() {
        for (String text :
                List.of("", "[]", "1", "{} {}", "{\"a\": 1, \"a\": 2}", "{\"password\": \"hush\"", "[".repeat(5000))) {
            StringBuilder mistakes = new StringBuilder();
            assertThat(Json.read(text.getBytes(java.nio.charset.StandardCharsets.UTF_8), mistakes::append))
                    .isEmpty();
            assertThat(mistakes).isNotEmpty().doesNotContain("hush");
        }
    }
}
