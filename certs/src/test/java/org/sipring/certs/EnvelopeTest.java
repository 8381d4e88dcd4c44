package org.sipring.certs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A secret for the holder of a certificate. */
class EnvelopeTest {
    private static final byte[] SECRET = "a key of 32 bytes, nearly".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    private Path n1;
    private byte[] sealed;

    @BeforeEach
    void seal() throws Exception {
        n1 = new Fixture(folder).issue("n1");
        sealed = Envelope.seal(SECRET, Fixture.certificate(n1));
    }

    private static PrivateKey key(Path identity) throws Exception {
        return Pem.readKey(Files.readAllBytes(identity.resolve(FolderContent.KEY)));
    }

    @Test
    void itsHolderReadsIt() throws Exception {
        assertThat(Envelope.open(sealed, key(n1))).isEqualTo(SECRET);
    }

    @Test
    void nobodyElseReadsIt() throws Exception {
        PrivateKey other = Issuer.newKey().getPrivate();
        assertThatThrownBy(() -> Envelope.open(sealed, other)).isInstanceOf(GeneralSecurityException.class);
    }

    @Test
    void equalSecretsLookDifferent() throws Exception {
        X509Certificate certificate = Fixture.certificate(n1);
        assertThat(Envelope.seal(SECRET, certificate)).isNotEqualTo(sealed);
    }

    @Test
    void whatHasBeenChangedIsNotRead() throws Exception {
        PrivateKey key = key(n1);
        for (int at = 0; at < sealed.length; at++) {
            byte[] changed = sealed.clone();
            changed[at] ^= 1;
            assertRefusedOrUnchanged(changed, key);
        }
        assertThatThrownBy(() -> Envelope.open(new byte[0], key)).isInstanceOf(GeneralSecurityException.class);
        assertThatThrownBy(() -> Envelope.open("no envelope".getBytes(StandardCharsets.UTF_8), key))
                .isInstanceOf(GeneralSecurityException.class);
    }

    // Whom it is for stands outside, for those who have several keys: only what is inside is sealed.
    private static void assertRefusedOrUnchanged(byte[] changed, PrivateKey key) {
        try {
            assertThat(Envelope.open(changed, key)).isEqualTo(SECRET);
        } catch (GeneralSecurityException refused) {
            assertThat(refused).hasMessageContaining("envelope");
        }
    }
}
