package org.sipring.sip.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the certificate by the name that a phone asks for, RFC 6066 section 3. Who asks for none, or for one that no
 * certificate covers, sees the first: a phone that does not like it says so itself.
 */
final class KeysByName extends X509ExtendedKeyManager {
    private final List<Shown> all;

    KeysByName(List<Shown> all) {
        this.all = List.copyOf(all);
    }

    @Override
    public @Nullable String chooseEngineServerAlias(String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
        return chosen(keyType, asked(engine)).map(Shown::name).orElse(null);
    }

    // JSSE asks for one kind of key after the other, in the phone's order.
    Optional<Shown> chosen(String keyType, Optional<String> host) {
        List<Shown> fitting =
                all.stream().filter(one -> host.filter(one::covers).isPresent()).toList();
        List<Shown> candidates = fitting.isEmpty() ? likeTheFirst() : fitting;
        return candidates.stream()
                .filter(one -> one.algorithm().equals(keyType))
                .findFirst();
    }

    // One name may have a certificate for each kind of key.
    private List<Shown> likeTheFirst() {
        return all.stream()
                .filter(one -> one.names().equals(all.get(0).names()))
                .toList();
    }

    private static Optional<String> asked(SSLEngine engine) {
        return engine.getHandshakeSession() instanceof ExtendedSSLSession session
                ? session.getRequestedServerNames().stream()
                        .filter(SNIHostName.class::isInstance)
                        .map(name -> ((SNIHostName) name).getAsciiName())
                        .findFirst()
                : Optional.empty();
    }

    private @Nullable Shown named(String alias) {
        return all.stream().filter(one -> one.name().equals(alias)).findFirst().orElse(null);
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        Shown found = named(alias);
        return found == null ? null : found.chain().toArray(X509Certificate[]::new);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        Shown found = named(alias);
        return found == null ? null : found.key();
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return all.stream()
                .filter(one -> one.algorithm().equals(keyType))
                .map(Shown::name)
                .toArray(String[]::new);
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }
}
