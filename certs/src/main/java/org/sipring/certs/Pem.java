package org.sipring.certs;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text form of keys, certificates and revocation lists (RFC 7468). */
final class Pem {
    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

    private Pem() {}

    static byte[] key(PrivateKey key) {
        return text("PRIVATE KEY", key.getEncoded());
    }

    static byte[] certificate(X509Certificate certificate) throws GeneralSecurityException {
        return text("CERTIFICATE", certificate.getEncoded());
    }

    static byte[] crl(byte[] der) {
        return text("X509 CRL", der);
    }

    private static byte[] text(String label, byte[] der) {
        String body = LINES.encodeToString(der);
        return ("-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** Reads an unencrypted PKCS #8 elliptic-curve key (RFC 7468 section 10). */
    static PrivateKey readKey(byte[] pem) throws GeneralSecurityException {
        List<PrivateKey> keys = readKeys(pem);
        if (keys.isEmpty()) {
            throw new GeneralSecurityException("it holds no 'BEGIN PRIVATE KEY' block");
        }
        return keys.get(0);
    }

    static List<PrivateKey> readKeys(byte[] pem) throws GeneralSecurityException {
        List<PrivateKey> keys = new ArrayList<>();
        Matcher found = KEY.matcher(new String(pem, StandardCharsets.ISO_8859_1));
        while (found.find()) {
            keys.add(key(found.group(1)));
        }
        return keys;
    }

    private static PrivateKey key(String base64) throws GeneralSecurityException {
        try {
            byte[] der = Base64.getMimeDecoder().decode(base64);
            return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der));
        } catch (IllegalArgumentException notBase64) {
            throw new GeneralSecurityException("its base64 is damaged", notBase64);
        }
    }

    static X509Certificate readCertificate(byte[] pem) throws GeneralSecurityException {
        if (x509().generateCertificate(new ByteArrayInputStream(pem)) instanceof X509Certificate certificate) {
            return certificate;
        }
        throw new CertificateException("it holds no X.509 certificate");
    }

    /** Reads a list in PEM or DER. */
    static X509CRL readCrl(byte[] bytes) throws GeneralSecurityException {
        if (x509().generateCRL(new ByteArrayInputStream(bytes)) instanceof X509CRL crl) {
            return crl;
        }
        throw new CertificateException("it holds no X.509 revocation list");
    }

    private static CertificateFactory x509() throws CertificateException {
        return CertificateFactory.getInstance("X.509");
    }
}
