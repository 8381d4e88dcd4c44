package org.sipring.certs;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * Signs with the CA's key (RFC 5280).
 *
 * @param key the CA's private key
 * @param certificate the CA's root
 * @param now when it signs
 */
record Issuer(PrivateKey key, X509Certificate certificate, Instant now) {
    /** Nodes whose clocks are behind accept a fresh certificate at once. */
    static final Duration BACKDATED = Duration.ofMinutes(5);

    private static final Duration ROOT_VALIDITY = Duration.ofDays(3650);
    private static final String SIGNATURE = "SHA256withECDSA";

    static KeyPair newKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this JDK has no P-256", missing);
        }
    }

    /** Makes a root and an issuer with it. */
    static Issuer root(KeyPair pair, String domain, BigInteger serial, Instant now) {
        X500Name name = name("Sipring CA " + domain);
        X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                name,
                serial,
                Date.from(now.minus(BACKDATED)),
                Date.from(now.plus(ROOT_VALIDITY)),
                name,
                pair.getPublic());
        X509Certificate root = sign(pair.getPrivate(), builder, extensions -> {
            extensions.add(Extension.basicConstraints, true, new BasicConstraints(0));
            extensions.add(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            extensions.add(Extension.subjectKeyIdentifier, false, utils().createSubjectKeyIdentifier(pair.getPublic()));
            extensions.add(Extension.subjectAlternativeName, false, new GeneralNames(uri(Sans.DOMAIN + domain)));
        });
        return new Issuer(pair.getPrivate(), root, now);
    }

    /** What is wrong with the life that a certificate shall have: none outlives the CA that it hangs on. */
    List<String> mistakes(Duration validity) {
        Instant end = certificate.getNotAfter().toInstant();
        long most = Duration.between(now, end).toDays();
        if (most < 1) {
            return List.of("the CA ends at " + end + ": make a new one with 'sipring ca init', and new identities");
        }
        if (validity.isNegative() || validity.isZero() || validity.compareTo(Duration.ofDays(most)) > 0) {
            return List.of("a certificate cannot hold for %d days: use 1 to %d, since the CA ends at %s"
                    .formatted(validity.toDays(), most, end));
        }
        return List.of();
    }

    /** Makes a node's certificate. */
    X509Certificate node(IssueRequest request, String domain, PublicKey holder, BigInteger serial) {
        X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                certificate,
                serial,
                Date.from(now.minus(BACKDATED)),
                Date.from(now.plus(request.validity())),
                name(request.node()),
                holder);
        return sign(key, builder, extensions -> {
            extensions.add(Extension.basicConstraints, true, new BasicConstraints(false));
            extensions.add(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature | KeyUsage.keyAgreement));
            extensions.add(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(new KeyPurposeId[] {
                KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth
            }));
            extensions.add(Extension.subjectAlternativeName, false, names(request, domain));
            extensions.add(Extension.authorityKeyIdentifier, false, utils().createAuthorityKeyIdentifier(certificate));
        });
    }

    private static GeneralNames names(IssueRequest request, String domain) {
        List<GeneralName> names = new ArrayList<>();
        names.add(uri(Sans.NODE + request.node()));
        request.roles().stream().distinct().forEach(role -> names.add(uri(Sans.ROLE + role)));
        names.add(uri(Sans.DOMAIN + domain));
        // Where the node listens comes first, which is how nodes tell it from what clients look for.
        Stream.concat(request.addresses().stream(), request.namesForClients(domain).stream())
                .distinct()
                .map(Issuer::host)
                .forEach(names::add);
        return new GeneralNames(names.toArray(GeneralName[]::new));
    }

    private static GeneralName uri(String text) {
        return new GeneralName(GeneralName.uniformResourceIdentifier, text);
    }

    private static GeneralName host(String address) {
        return new GeneralName(IssueRequest.isIp(address) ? GeneralName.iPAddress : GeneralName.dNSName, address);
    }

    /**
     * Makes a revocation list.
     *
     * @param number greater than every number before
     * @param revoked what it names
     * @param validity until the next one is due
     */
    byte[] crl(BigInteger number, List<Issued> revoked, Duration validity) {
        JcaX509v2CRLBuilder builder = new JcaX509v2CRLBuilder(certificate.getSubjectX500Principal(), Date.from(now));
        builder.setNextUpdate(Date.from(now.plus(validity)));
        revoked.forEach(entry -> entry.revoked()
                .ifPresent(at -> builder.addCRLEntry(entry.serial(), Date.from(at), CRLReason.keyCompromise)));
        try {
            builder.addExtension(Extension.cRLNumber, false, new CRLNumber(number));
            builder.addExtension(
                    Extension.authorityKeyIdentifier, false, utils().createAuthorityKeyIdentifier(certificate));
            return builder.build(signer(key)).getEncoded();
        } catch (GeneralSecurityException | IOException impossible) {
            throw new IllegalStateException("the list cannot be written", impossible);
        }
    }

    private static X509Certificate sign(PrivateKey key, X509v3CertificateBuilder builder, Extensions extensions) {
        try {
            extensions.addTo((id, critical, value) -> builder.addExtension(id, critical, value));
            return new JcaX509CertificateConverter().getCertificate(builder.build(signer(key)));
        } catch (GeneralSecurityException | CertIOException impossible) {
            throw new IllegalStateException("the certificate cannot be written", impossible);
        }
    }

    private static ContentSigner signer(PrivateKey key) {
        try {
            return new JcaContentSignerBuilder(SIGNATURE).build(key);
        } catch (OperatorCreationException impossible) {
            throw new IllegalStateException("this JDK cannot sign " + SIGNATURE, impossible);
        }
    }

    private static JcaX509ExtensionUtils utils() throws GeneralSecurityException {
        return new JcaX509ExtensionUtils();
    }

    private static X500Name name(String commonName) {
        return new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.CN, commonName)
                .build();
    }

    /** Adds a certificate's extensions. */
    @FunctionalInterface
    private interface Extensions {
        void addTo(Adder adder) throws GeneralSecurityException, CertIOException;
    }

    /** Adds one. */
    @FunctionalInterface
    private interface Adder {
        void add(ASN1ObjectIdentifier id, boolean critical, ASN1Encodable value) throws CertIOException;
    }
}
