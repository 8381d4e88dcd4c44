package org.sipring.sip.tls;

import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * How this node speaks TLS with other domains: RFC 5922. It connects as the SIP domain, with the operator's certificate
 * where there is one, and compares what the other end shows with the domain that was asked for. Callable from any thread.
 */
public final class DomainTls {
    private final DomainTrust trust;
    private final String domain;
    private final Optional<CertificateFolder> own;
    private final Predicate<String> asked;
    private volatile @Nullable Client client;

    /**
     * What is in use towards servers.
     *
     * @param keys what this node can show; null for nothing
     * @param context made of it
     */
    private record Client(@Nullable KeysByName keys, SSLContext context) {}

    /**
     * TLS with other domains.
     *
     * @param trust who signs their certificates
     * @param domain ours
     * @param own our certificates; empty: none is shown, and peers that connect are not asked for one
     * @param asked of which domains a peer that connects may prove to be; others stay strangers, whatever they show
     */
    public DomainTls(DomainTrust trust, String domain, Optional<CertificateFolder> own, Predicate<String> asked) {
        this.trust = trust;
        this.domain = domain;
        this.own = own;
        this.asked = asked;
    }

    /**
     * Whether peers that connect are asked who they are.
     *
     * @return false where we could not show them a certificate of ours first
     */
    public boolean asks() {
        return own.isPresent();
    }

    /**
     * The client's side of a connection to a domain.
     *
     * @param wanted the domain that the URI names, RFC 5922 section 7.3: never the name of a server that DNS leads to
     * @return a fresh engine, whose handshake fails where no trusted CA signed what the server shows
     * @throws GeneralSecurityException when this machine cannot
     */
    public SSLEngine engine(String wanted) throws GeneralSecurityException {
        SSLEngine engine = client().context().createSSLEngine();
        engine.setUseClientMode(true);
        SSLParameters parameters = PhoneEngine.restricted(engine.getSSLParameters());
        if (isName(wanted)) {
            parameters.setServerNames(List.of(new SNIHostName(wanted)));
        }
        engine.setSSLParameters(parameters);
        return engine;
    }

    // RFC 6066 section 3: an address as numbers is no server name.
    private static boolean isName(String host) {
        return host.matches("[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)*\\.?") && !host.matches("[0-9.]+");
    }

    private Client client() throws GeneralSecurityException {
        KeysByName keys = own.map(CertificateFolder::keys).orElse(null);
        Client known = client;
        if (known != null && known.keys() == keys) {
            return known;
        }
        SSLContext context = SSLContext.getInstance("TLS");
        KeyManager[] shown = keys == null ? new KeyManager[0] : new KeyManager[] {new KeysAsClient(keys, domain)};
        context.init(shown, new TrustManager[] {trust.manager()}, null);
        Client fresh = new Client(keys, context);
        client = fresh;
        return fresh;
    }

    /**
     * Judges the server of a finished handshake.
     *
     * @param session the session
     * @param wanted the domain that was asked for, or an address as numbers
     * @return what it proved, {@code wanted} among it
     * @throws CertificateException when its certificate is another's; the message says whose
     */
    public Proof server(SSLSession session, String wanted) throws CertificateException {
        X509Certificate certificate = shown(session)
                .map(chain -> chain[0])
                .orElseThrow(() -> new CertificateException("it shows no certificate"));
        Set<String> domains = SipIdentities.of(certificate);
        if (!domains.contains(wanted) && !SipIdentities.addresses(certificate).contains(wanted)) {
            throw new CertificateException("its certificate is that of " + text(domains) + ", not of " + wanted);
        }
        return new Proof(domains, session.getLocalCertificates() != null);
    }

    private static String text(Set<String> domains) {
        return domains.isEmpty() ? "no SIP domain" : String.join(", ", new TreeSet<>(domains));
    }

    /**
     * Judges a peer that connected. RFC 5922 section 7.4.
     *
     * @param session the finished session
     * @return the domains that it proved to be; nothing for who shows nothing or is not asked about
     * @throws CertificateException when it shows the name of a domain that is asked about, and no trusted CA says so
     */
    public Proof peer(SSLSession session) throws CertificateException {
        Optional<X509Certificate[]> chain = shown(session);
        Set<String> claimed = chain.isPresent() ? claimed(chain.get()[0]) : Set.of();
        // Who claims nothing of interest costs no verification.
        if (claimed.stream().noneMatch(asked)) {
            return Proof.NOTHING;
        }
        trust.check(chain.orElseThrow());
        return new Proof(claimed, true);
    }

    private static Set<String> claimed(X509Certificate certificate) {
        try {
            return SipIdentities.of(certificate);
        } catch (CertificateParsingException malformed) {
            return Collections.emptySet();
        }
    }

    private static Optional<X509Certificate[]> shown(SSLSession session) {
        try {
            return Optional.of((X509Certificate[]) session.getPeerCertificates());
        } catch (SSLPeerUnverifiedException nothing) {
            return Optional.empty();
        }
    }

    /**
     * Whom this node believes what a domain is called.
     *
     * @return the CAs
     */
    public DomainTrust trust() {
        return trust;
    }
}
