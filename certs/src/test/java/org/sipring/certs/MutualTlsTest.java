package org.sipring.certs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLException;
import org.assertj.core.api.AbstractThrowableAssert;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real handshakes between the engines of two identities. */
class MutualTlsTest {
    @TempDir
    Path folder;

    private Fixture fixture;
    private IdentityFolder one;
    private IdentityFolder two;

    @BeforeEach
    void issueTwo() throws Exception {
        fixture = new Fixture(folder);
        one = fixture.node("n1");
        two = fixture.node("n2");
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> assertRefused(Link link, String why) {
        return assertThatThrownBy(link::shakeHands)
                .isInstanceOf(SSLException.class)
                .hasStackTraceContaining("CertificateException: ")
                .hasStackTraceContaining(why);
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> assertNotAuthentic(IdentityFolder judge, Link link) {
        return assertThatThrownBy(() -> judge.authenticate(link.client.getSession()))
                .isInstanceOf(CertificateException.class);
    }

    private void revoke(String node, IdentityFolder... told) throws Exception {
        byte[] list = Files.readAllBytes(fixture.authority.revoke(node).crl());
        for (IdentityFolder each : told) {
            each.takeCrl(list);
        }
    }

    @Test
    void nodesOfOnePlatformKnowEachOther() throws Exception {
        Link link = new Link(one, two).shakeHands();
        assertThat(link.say("hello")).isEqualTo("hello");
        assertThat(one.authenticate(link.client.getSession()).node()).hasToString("n2");
        assertThat(two.authenticate(link.server.getSession()).node()).hasToString("n1");
        assertThat(link.client.getSession().getProtocol()).isEqualTo("TLSv1.3");
    }

    @Test
    void tls12IsRefusedEvenWhenAnEngineIsWidened() {
        assertThat(one.tls().createSSLEngine().getEnabledProtocols()).containsExactly("TLSv1.3");
        Link link = new Link(one, two);
        link.client.setEnabledProtocols(new String[] {"TLSv1.2"});
        link.server.setEnabledProtocols(new String[] {"TLSv1.2"});
        assertRefused(link, "nodes speak TLSv1.3 only");
    }

    @Test
    void aNodeOfAnotherCaIsRefused() throws Exception {
        IdentityFolder foreign = fixture.load(fixture.issue(fixture.stranger(Fixture.DOMAIN), "n3"));
        assertRefused(new Link(foreign, two), "of another CA");
    }

    @Test
    void aServerOfAnotherCaIsRefused() throws Exception {
        IdentityFolder foreign = fixture.load(fixture.issue(fixture.stranger(Fixture.DOMAIN), "n3"));
        assertRefused(new Link(one, foreign), "of another CA");
    }

    @Test
    void anExpiredCertificateIsRefused() throws Exception {
        fixture.authority.issue(
                new IssueRequest("n3", List.of("proxy"), List.of("127.0.0.13"), Duration.ofDays(1)),
                folder.resolve("short"));
        IdentityFolder shortLived = fixture.load(folder.resolve("short"));
        fixture.pass(Duration.ofDays(2));
        assertRefused(new Link(one, shortLived), "certificate of n3 (127.0.0.13) has expired");
    }

    @Test
    void aCertificateForAnotherDomainOfTheSameCaIsRefused() throws Exception {
        CaFolder ca = new CaFolder(folder.resolve("ca"));
        Issuer issuer = new Issuer(ca.key(), ca.certificate(), fixture.instant());
        var certificate = issuer.node(
                Fixture.request("n3"), "elsewhere.test", Issuer.newKey().getPublic(), BigInteger.TEN);
        Rules rules = new Rules(ca.certificate(), Fixture.DOMAIN, ca.crl(ca.certificate()));
        assertThatThrownBy(() -> rules.judge(new X509Certificate[] {certificate}, fixture.instant()))
                .hasMessageContaining("is for domain elsewhere.test, not for sipring.test");
    }

    @Test
    void aNodeIsNoOtherForTheNamesThatPhonesCallItBy() throws Exception {
        List<String> names = List.of("127.0.0.13", "n1", "n1.sipring.test", "n1.edge.sipring.test");
        fixture.authority.issue(
                new IssueRequest("n3", List.of("proxy"), names, Duration.ofDays(1)), folder.resolve("other"));
        Link link = new Link(fixture.load(folder.resolve("other")), two).shakeHands();
        assertThat(link.say("x")).isEqualTo("x");
        assertThat(two.authenticate(link.server.getSession()).node()).hasToString("n3");
    }

    @Test
    void whoHasTheNamesForPhonesAloneIsNoNode() throws Exception {
        X509Certificate shown = fixture.withNames(
                Fixture.certificate(folder.resolve("identities/n1")), name -> name.getTagNo() == GeneralName.dNSName);
        CaFolder ca = new CaFolder(folder.resolve("ca"));
        Rules rules = new Rules(ca.certificate(), Fixture.DOMAIN, ca.crl(ca.certificate()));
        assertThatThrownBy(() -> rules.judge(new X509Certificate[] {shown}, fixture.instant()))
                .hasMessageContaining("is not a node's: it names 0 of what must be one node name");
    }

    @Test
    void aCertificateWithoutNamesForPhonesIsStillANodes() throws Exception {
        X509Certificate old = fixture.withoutDnsNames(Fixture.certificate(folder.resolve("identities/n1")));
        CaFolder ca = new CaFolder(folder.resolve("ca"));
        Rules rules = new Rules(ca.certificate(), Fixture.DOMAIN, ca.crl(ca.certificate()));
        assertThat(rules.judge(new X509Certificate[] {old}, fixture.instant()).node())
                .hasToString("n1");
    }

    @Test
    void theCaItselfIsNotANode() throws Exception {
        CaFolder ca = new CaFolder(folder.resolve("ca"));
        Rules rules = new Rules(ca.certificate(), Fixture.DOMAIN, ca.crl(ca.certificate()));
        assertThat(rules.breaches(ca.certificate(), fixture.instant()))
                .extracting(Rules.Breach::text)
                .anyMatch(text -> text.contains("is a CA's"))
                .anyMatch(text -> text.contains("not for both serverAuth and clientAuth"));
    }

    @Test
    void aRevokedNodeIsRefusedWhereverItTries() throws Exception {
        revoke("n1", two);
        assertRefused(new Link(one, two), "certificate of n1 (127.0.0.11) is revoked");
        assertRefused(new Link(two, one), "certificate of n1 (127.0.0.11) is revoked");
    }

    @Test
    void aPeerThatShowsNoCertificateIsNotAuthentic() throws Exception {
        assertThatThrownBy(() -> two.authenticate(two.tls().createSSLEngine().getSession()))
                .isInstanceOf(CertificateException.class);
    }

    @Test
    void aResumedSessionSkipsTheTrustManagerButNotAuthentication() throws Exception {
        Link first = new Link(one, two).shakeHands();
        assertThat(first.say("x")).isEqualTo("x");
        revoke("n2", one);
        Link resumed = new Link(one, two).shakeHands();
        assertNotAuthentic(one, resumed).hasMessageContaining("n2 (127.0.0.11) is revoked");
    }

    @Test
    void anOpenConnectionFailsWhenJudgedAgainAfterRevocation() throws Exception {
        Link link = new Link(one, two).shakeHands();
        boolean[] closed = {false};
        one.onChange(() -> closed[0] = !good(one, link));
        revoke("n2", one);
        assertThat(closed[0]).isTrue();
    }

    @Test
    void anOpenConnectionOutlivesARenewal() throws Exception {
        Link link = new Link(one, two).shakeHands();
        boolean[] closed = {false};
        one.onChange(() -> closed[0] = !good(one, link));
        fixture.pass(Duration.ofDays(20));
        fixture.authority.renew(folder.resolve("identities/n1"), Duration.ofDays(30));
        one.poll();
        assertThat(link.say("still here")).isEqualTo("still here");
        assertThat(closed[0]).isFalse();
        Link next = new Link(one, two).shakeHands();
        assertThat(two.authenticate(next.server.getSession()).node()).hasToString("n1");
    }

    private static boolean good(IdentityFolder judge, Link link) {
        try {
            judge.authenticate(link.client.getSession());
            return true;
        } catch (CertificateException refused) {
            return false;
        }
    }
}
