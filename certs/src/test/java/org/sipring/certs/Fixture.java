package org.sipring.certs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.sipring.api.Chance;
import org.sipring.testkit.SimChance;

/** A CA and its nodes in a temporary folder, with a clock that the test moves. */
final class Fixture implements InstantSource {
    static final String DOMAIN = "sipring.test";

    final Path folder;
    final Chance chance = new SimChance(1);
    final Authority authority;
    private Instant now = Instant.parse("2026-03-01T12:00:00Z");

    Fixture(Path folder) throws Exception {
        this.folder = folder;
        this.authority = Authority.init(DOMAIN, folder.resolve("ca"), this, chance);
    }

    @Override
    public Instant instant() {
        return now;
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    Authority stranger(String domain) throws Exception {
        return Authority.init(domain, folder.resolve("stranger-" + domain), this, chance);
    }

    Path issue(String node) throws Exception {
        return issue(authority, node);
    }

    Path issue(Authority by, String node) throws Exception {
        Path out = folder.resolve("identities").resolve(node);
        by.issue(request(node), out);
        return out;
    }

    IdentityFolder node(String node) throws Exception {
        return load(issue(node));
    }

    IdentityFolder load(Path identity) throws Refusal {
        return IdentityFolder.load(identity, this);
    }

    Authority reopened() throws Refusal, IOException {
        return Authority.open(folder.resolve("ca"), this, chance);
    }

    static X509Certificate certificate(Path identity) throws Exception {
        return Pem.readCertificate(Files.readAllBytes(identity.resolve("node.crt")));
    }

    /** What a release before the names for phones issued. */
    X509Certificate withoutDnsNames(X509Certificate certificate) throws Exception {
        return withNames(certificate, name -> name.getTagNo() != GeneralName.dNSName);
    }

    /** The same certificate with some of its names, signed by the CA. */
    X509Certificate withNames(X509Certificate certificate, Predicate<GeneralName> kept) throws Exception {
        X509CertificateHolder old = new X509CertificateHolder(certificate.getEncoded());
        GeneralName[] names = Arrays.stream(
                        GeneralNames.fromExtensions(old.getExtensions(), Extension.subjectAlternativeName)
                                .getNames())
                .filter(kept)
                .toArray(GeneralName[]::new);
        return new JcaX509CertificateConverter()
                .getCertificate(new X509v3CertificateBuilder(old)
                        .replaceExtension(Extension.subjectAlternativeName, false, new GeneralNames(names))
                        .build(new JcaContentSignerBuilder("SHA256withECDSA")
                                .build(new CaFolder(folder.resolve("ca")).key())));
    }

    static IssueRequest request(String node) {
        return new IssueRequest(node, List.of("*"), List.of("127.0.0.11"), IssueRequest.NODE_VALIDITY);
    }
}
