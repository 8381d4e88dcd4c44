package org.sipring.certs;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.cms.CMSAlgorithm;
import org.bouncycastle.cms.CMSAuthEnvelopedData;
import org.bouncycastle.cms.CMSAuthEnvelopedDataGenerator;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.RecipientInformation;
import org.bouncycastle.cms.jcajce.JceCMSContentEncryptorBuilder;
import org.bouncycastle.cms.jcajce.JceKeyAgreeAuthEnvelopedRecipient;
import org.bouncycastle.cms.jcajce.JceKeyAgreeRecipientInfoGenerator;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.OutputAEADEncryptor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A secret that only the holder of a certificate can read: CMS AuthEnvelopedData (RFC 5083) with AES-256-GCM, its key
 * agreed by ephemeral ECDH with the certificate's key (RFC 5753).
 */
public final class Envelope {
    private static final Logger LOG = LoggerFactory.getLogger(Envelope.class);
    private static final Provider PROVIDER = new BouncyCastleProvider();

    private Envelope() {}

    /**
     * Seals a secret.
     *
     * @param secret the secret
     * @param recipient who shall read it; not judged
     * @return the envelope, in DER
     * @throws GeneralSecurityException when the certificate's key is no elliptic-curve key
     */
    public static byte[] seal(byte[] secret, X509Certificate recipient) throws GeneralSecurityException {
        KeyPair ephemeral = Issuer.newKey();
        CMSAuthEnvelopedDataGenerator generator = new CMSAuthEnvelopedDataGenerator();
        try {
            generator.addRecipientInfoGenerator(new JceKeyAgreeRecipientInfoGenerator(
                            CMSAlgorithm.ECDH_SHA256KDF,
                            ephemeral.getPrivate(),
                            ephemeral.getPublic(),
                            CMSAlgorithm.AES256_WRAP)
                    .addRecipient(recipient)
                    .setProvider(PROVIDER));
            OutputAEADEncryptor encryptor =
                    (OutputAEADEncryptor) new JceCMSContentEncryptorBuilder(CMSAlgorithm.AES256_GCM)
                            .setProvider(PROVIDER)
                            .build();
            return generator
                    .generate(new CMSProcessableByteArray(secret), encryptor)
                    .getEncoded();
        } catch (CMSException | IOException failed) {
            throw new GeneralSecurityException("cannot seal for " + recipient.getSubjectX500Principal(), failed);
        }
    }

    /**
     * Opens an envelope.
     *
     * @param envelope what {@link #seal} made; may come from anybody
     * @param key the recipient's
     * @return the secret
     * @throws GeneralSecurityException when it is not for this key, or has been changed
     */
    public static byte[] open(byte[] envelope, PrivateKey key) throws GeneralSecurityException {
        try {
            RecipientInformation recipient = new CMSAuthEnvelopedData(envelope)
                    .getRecipientInfos()
                    .iterator()
                    .next();
            return recipient.getContent(new JceKeyAgreeAuthEnvelopedRecipient(key).setProvider(PROVIDER));
        } catch (CMSException | RuntimeException unreadable) {
            throw new GeneralSecurityException("an envelope for another key, or a damaged one", unreadable);
        }
    }

    /** The secret, with whichever of some keys opens it; empty when none does. */
    static Optional<byte[]> open(byte[] envelope, List<PrivateKey> keys) {
        for (PrivateKey key : keys) {
            try {
                return Optional.of(open(envelope, key));
            } catch (GeneralSecurityException notForThisKey) {
                LOG.debug("an envelope is for another key", notForThisKey);
            }
        }
        return Optional.empty();
    }
}
