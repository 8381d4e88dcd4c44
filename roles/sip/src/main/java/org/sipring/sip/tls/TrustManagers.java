package org.sipring.sip.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** What verifies chains of certificates up to CAs: Java's PKIX. */
final class TrustManagers {
    private TrustManagers() {}

    /** Trusts the CAs that Java trusts, which Debian's {@code ca-certificates} keeps. */
    static X509TrustManager ofSystem() throws GeneralSecurityException {
        return pkix(null);
    }

    /** Trusts these CAs and no other. */
    static X509TrustManager of(List<X509Certificate> cas) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        for (int i = 0; i < cas.size(); i++) {
            store.setCertificateEntry("ca" + i, cas.get(i));
        }
        return pkix(store);
    }

    private static X509TrustManager pkix(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(store);
        return Arrays.stream(factory.getTrustManagers())
                .filter(X509TrustManager.class::isInstance)
                .map(X509TrustManager.class::cast)
                .findFirst()
                .orElseThrow();
    }
}
