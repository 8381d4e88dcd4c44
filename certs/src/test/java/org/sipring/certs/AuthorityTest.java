package org.sipring.certs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sipring.api.RoleName;

class AuthorityTest {
    @TempDir
    Path folder;

    private Fixture fixture;

    @BeforeEach
    void makeCa() throws Exception {
        fixture = new Fixture(folder);
    }

    private static X509Certificate certificate(Path identity) throws Exception {
        return Fixture.certificate(identity);
    }

    private static List<String> mistakes(Refusal refusal) {
        return refusal.mistakes();
    }

    @Test
    void keysAreForTheirOwnerOnly() throws Exception {
        Path identity = fixture.issue("n1");
        fixture.authority.renew(identity, Duration.ofDays(1));
        for (Path key :
                List.of(folder.resolve("ca/ca.key"), identity.resolve("node.key"), identity.resolve("former.keys"))) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void aCertificateNamesNodeRolesDomainAndHosts() throws Exception {
        Path out = folder.resolve("n4");
        IssueRequest request = new IssueRequest(
                "n4", List.of("proxy", "manager"), List.of("10.0.0.4", "n4.example.org"), Duration.ofDays(1));
        fixture.authority.issue(request, out);
        assertThat(certificate(out).getSubjectAlternativeNames())
                .containsExactly(
                        List.of(6, "sipring:node:n4"),
                        List.of(6, "sipring:role:proxy"),
                        List.of(6, "sipring:role:manager"),
                        List.of(6, "sip:sipring.test"),
                        List.of(7, "10.0.0.4"),
                        List.of(2, "n4.example.org"),
                        List.of(2, "sipring.test"),
                        List.of(2, "proxy.sipring.test"),
                        List.of(2, "n4.sipring.test"),
                        List.of(2, "n4.edge.sipring.test"),
                        List.of(2, "*.edge.sipring.test"));
    }

    @Test
    void programsThatProvisionKnowItByTheNameOfTheRole() throws Exception {
        assertThat(new IssueRequest("n4", List.of("provisioning"), List.of("10.0.0.4"), Duration.ofDays(1))
                        .namesForClients("sipring.test"))
                .containsExactly("provisioning.sipring.test", "n4.sipring.test");
        assertThat(new IssueRequest("n4", List.of("*"), List.of("10.0.0.4"), Duration.ofDays(1))
                        .namesForClients("sipring.test"))
                .contains("provisioning.sipring.test", "proxy.sipring.test")
                .doesNotHaveDuplicates();
    }

    @Test
    void phonesKnowOnlyProxiesByTheNameOfTheDomain() throws Exception {
        Path out = folder.resolve("n5");
        fixture.authority.issue(
                new IssueRequest("n5", List.of("manager"), List.of("10.0.0.5"), Duration.ofDays(1)), out);
        assertThat(certificate(out).getSubjectAlternativeNames())
                .extracting(name -> (Object) name.get(0))
                .doesNotContain(2);
    }

    @Test
    void aNodeListensAtItsAddressAndAtNoNameThatPhonesCallItBy() throws Exception {
        Path out = folder.resolve("n6");
        fixture.authority.issue(
                new IssueRequest("n6", List.of("proxy"), List.of("host.example.org"), Duration.ofDays(1)), out);
        assertThat(fixture.load(out).self().host()).isEqualTo("host.example.org");
        fixture.authority.renew(out, Duration.ofDays(1));
        assertThat(fixture.load(out).self().host()).isEqualTo("host.example.org");
    }

    @Test
    void renewalBringsTheNamesForPhonesToACertificateWithoutThem() throws Exception {
        Path identity = fixture.issue("n1");
        List<List<?>> names = List.copyOf(certificate(identity).getSubjectAlternativeNames());
        Files.write(identity.resolve("node.crt"), Pem.certificate(fixture.withoutDnsNames(certificate(identity))));
        assertThat(certificate(identity).getSubjectAlternativeNames()).hasSize(names.size() - 6);
        fixture.authority.renew(identity, Duration.ofDays(30));
        assertThat(certificate(identity).getSubjectAlternativeNames()).containsExactlyElementsOf(names);
        assertThat(fixture.load(identity).self().node()).hasToString("n1");
    }

    @Test
    void theWildcardCoversNoRoleOfPower() throws Exception {
        assertThat(fixture.node("n1").self().permitted())
                .contains(RoleName.PROXY, RoleName.PROVISIONING)
                .doesNotContain(RoleName.MANAGER, RoleName.CA, RoleName.OPERATOR);
    }

    @Test
    void aCertificateHoldsFromFiveMinutesAgoForThirtyDays() throws Exception {
        X509Certificate certificate = certificate(fixture.issue("n1"));
        assertThat(certificate.getNotBefore().toInstant())
                .isEqualTo(fixture.instant().minus(Duration.ofMinutes(5)));
        assertThat(certificate.getNotAfter().toInstant())
                .isEqualTo(fixture.instant().plus(Duration.ofDays(30)));
    }

    @Test
    void aBadRequestIsRefusedWithAllItsMistakes() {
        IssueRequest request =
                new IssueRequest("N_1", List.of("proxy", "porxy"), List.of("300.1.2.3"), Duration.ofDays(-1));
        assertThatThrownBy(() -> fixture.authority.issue(request, folder.resolve("ca")))
                .asInstanceOf(InstanceOfAssertFactories.type(Refusal.class))
                .extracting(AuthorityTest::mistakes)
                .asInstanceOf(InstanceOfAssertFactories.list(String.class))
                .satisfiesExactly(
                        text -> assertThat(text).contains("node name 'N_1'"),
                        text -> assertThat(text)
                                .contains("unknown role 'porxy'", "proxy, provisioning, manager, store, ca, operator"),
                        text -> assertThat(text).contains("300.1.2.3"),
                        text -> assertThat(text).contains("cannot hold for -1 days: use 1 to 3650"),
                        text -> assertThat(text).contains("not empty"));
    }

    @Test
    void ipv6AddressesAndHostNamesAreAccepted() throws Exception {
        IssueRequest request =
                new IssueRequest("n1", List.of("proxy"), List.of("2001:db8::1", "localhost"), Duration.ofDays(1));
        assertThat(request.mistakes()).isEmpty();
        fixture.authority.issue(request, folder.resolve("six"));
        assertThat(fixture.load(folder.resolve("six")).self().host()).isEqualTo("2001:db8:0:0:0:0:0:1");
    }

    @Test
    void aCaIsNeverOverwritten() {
        assertThatThrownBy(() -> Authority.init("other.test", folder.resolve("ca"), fixture, fixture.chance))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("never overwritten");
    }

    @Test
    void aMalformedDomainIsRefused() {
        assertThatThrownBy(() -> Authority.init("not a domain", folder.resolve("x"), fixture, fixture.chance))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("domain 'not a domain'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"proxy", "manager", "edge", "ns"})
    void aNodeNameThatDnsNeedsForSomethingElseIsRefused(String name) {
        IssueRequest request =
                new IssueRequest(name, List.of("proxy"), List.of("127.0.0.11"), IssueRequest.NODE_VALIDITY);
        assertThatThrownBy(() -> fixture.authority.issue(request, folder.resolve("taken")))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("node name '" + name + "' is needed in DNS for something else");
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 0, 3651, Integer.MAX_VALUE})
    void aLifeThatIsNoneOrLongerThanTheCasIsRefusedWithItsLimits(long days) throws Exception {
        Path identity = fixture.issue("n1");
        Duration validity = Duration.ofDays(days);
        IssueRequest request = new IssueRequest("n2", List.of("proxy"), List.of("127.0.0.12"), validity);
        Path out = folder.resolve("n2");
        assertThatThrownBy(() -> fixture.authority.issue(request, out))
                .isInstanceOf(Refusal.class)
                .hasMessage("a certificate cannot hold for " + days
                        + " days: use 1 to 3650, since the CA ends at 2036-02-27T12:00:00Z");
        assertThat(out).doesNotExist();
        assertThatThrownBy(() -> fixture.authority.renew(identity, validity))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("use 1 to 3650");
    }

    @Test
    void aCertificateMayHoldForAsLongAsTheCa() throws Exception {
        Path identity = fixture.issue("n1");
        fixture.authority.renew(identity, Duration.ofDays(3650));
        assertThat(fixture.load(identity).expires()).isEqualTo("2036-02-27T12:00:00Z");
        fixture.pass(Duration.ofDays(3649).plusHours(1));
        assertThatThrownBy(() -> fixture.authority.renew(identity, Duration.ofDays(1)))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("the CA ends at 2036-02-27T12:00:00Z: make a new one");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "0:0:0:0:0:0:0:0"})
    void everyAddressIsNoHosts(String everywhere) {
        IssueRequest request =
                new IssueRequest("n1", List.of("proxy"), List.of(everywhere), IssueRequest.NODE_VALIDITY);
        assertThat(request.mistakes())
                .singleElement()
                .asString()
                .contains("'" + everywhere + "' is neither the IP address of a host");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.1/24", "2001:db8::1/64"})
    void aNetworkIsNoAddress(String network) {
        IssueRequest request = new IssueRequest("n1", List.of("proxy"), List.of(network), IssueRequest.NODE_VALIDITY);
        assertThat(request.mistakes())
                .singleElement()
                .asString()
                .contains("'" + network + "' is a network", "without the '" + network.substring(network.indexOf('/')));
    }

    @Test
    void openingNoCaSaysHowToMakeOne() {
        assertThatThrownBy(() -> Authority.open(folder.resolve("nowhere"), fixture, fixture.chance))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("sipring ca init");
    }

    @Test
    void revokingCountsAllCertificatesOfTheNodeAndNumbersTheListUpwards() throws Exception {
        Path identity = fixture.issue("n1");
        fixture.authority.renew(identity, Duration.ofDays(30));
        Authority.Revoked first = fixture.reopened().revoke("n1");
        Authority.Revoked again = fixture.reopened().revoke("n1");
        assertThat(first.certificates()).isEqualTo(2);
        assertThat(first.before()).isEmpty();
        assertThat(again.number()).isGreaterThan(first.number());
        assertThat(Files.readString(first.crl())).startsWith("-----BEGIN X509 CRL-----");
    }

    @Test
    void revokingAgainRevokesNothingAndTellsWhenItWasDone() throws Exception {
        fixture.issue("n1");
        Instant first = fixture.instant();
        fixture.authority.revoke("n1");
        fixture.pass(Duration.ofHours(1));
        Authority.Revoked again = fixture.authority.revoke("n1");
        assertThat(again.certificates()).isZero();
        assertThat(again.before()).contains(first);
        fixture.authority.issue(Fixture.request("n1"), folder.resolve("anew"));
        assertThat(fixture.authority.revoke("n1").certificates()).isOne();
    }

    @Test
    void issuingANodeAgainTellsUntilWhenItsEarlierCertificateHolds() throws Exception {
        IssueRequest request = Fixture.request("n1");
        assertThat(fixture.authority.issue(request, folder.resolve("first"))).isEmpty();
        Instant end = fixture.instant().plus(request.validity());
        fixture.pass(Duration.ofDays(1));
        assertThat(fixture.authority.issue(request, folder.resolve("second"))).contains(end);
        fixture.pass(request.validity().plusDays(1));
        assertThat(fixture.authority.issue(request, folder.resolve("when both have ended")))
                .isEmpty();
        fixture.authority.revoke("n1");
        assertThat(fixture.authority.issue(request, folder.resolve("when all are revoked")))
                .isEmpty();
    }

    @Test
    void revokingAnUnknownNodeNamesTheKnownOnes() throws Exception {
        fixture.issue("n1");
        fixture.issue("n2");
        assertThatThrownBy(() -> fixture.authority.revoke("n9"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("n1, n2");
    }

    @Test
    void renewalSaysTheSameUnderANewKey() throws Exception {
        Path identity = fixture.issue("n1");
        X509Certificate old = certificate(identity);
        fixture.pass(Duration.ofDays(60));
        fixture.authority.renew(identity, Duration.ofDays(30));
        X509Certificate renewed = certificate(identity);
        assertThat(renewed.getSubjectAlternativeNames()).containsExactlyElementsOf(old.getSubjectAlternativeNames());
        assertThat(renewed.getPublicKey()).isNotEqualTo(old.getPublicKey());
        assertThat(fixture.load(identity).self().node()).hasToString("n1");
    }

    @Test
    void aRevokedNodeIsNotRenewedButMayBeIssuedAnew() throws Exception {
        Path identity = fixture.issue("n1");
        fixture.authority.revoke("n1");
        assertThatThrownBy(() -> fixture.authority.renew(identity, Duration.ofDays(30)))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("n1 is revoked");
        Path again = folder.resolve("again");
        fixture.authority.issue(Fixture.request("n1"), again);
        assertThat(fixture.load(again).selfRevoked()).isFalse();
    }

    @Test
    void anIdentityOfAnotherCaIsNotRenewed() throws Exception {
        Path foreign = fixture.issue(fixture.stranger(Fixture.DOMAIN), "n1");
        assertThatThrownBy(() -> fixture.authority.renew(foreign, Duration.ofDays(30)))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("not a certificate of the CA");
    }

    @Test
    void anOldListIsSignedAgainWhenANodeIsIssued() throws Exception {
        fixture.pass(Authority.CRL_VALIDITY.plusDays(1));
        assertThat(fixture.node("n1").crlStale()).isFalse();
    }
}
