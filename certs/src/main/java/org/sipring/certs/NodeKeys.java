package org.sipring.certs;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Gives handshakes the node's newest key and certificate. An alias names one pair of them, and the pair before is still
 * given out: a handshake that goes on while they are renewed asks for key and certificate one after the other.
 */
final class NodeKeys extends X509ExtendedKeyManager {
    private volatile List<Pair> newestFirst = List.of();

    /**
     * What a node proves itself with.
     *
     * @param key the private key
     * @param certificate for the key
     */
    record Pair(PrivateKey key, X509Certificate certificate) {
        String alias() {
            return "node-" + certificate.getSerialNumber();
        }
    }

    /** From now on this is what handshakes begin with. */
    synchronized void use(PrivateKey key, X509Certificate certificate) {
        newestFirst = Stream.concat(
                        Stream.of(new Pair(key, certificate)),
                        newestFirst.stream().limit(1))
                .toList();
    }

    Pair newest() {
        return newestFirst.get(0);
    }

    private @Nullable Pair named(String alias) {
        return newestFirst.stream()
                .filter(pair -> pair.alias().equals(alias))
                .findFirst()
                .orElse(null);
    }

    // Both sides are nodes, and a node has one certificate: who asks for one of certain issuers gets the same.
    private @Nullable String alias(String... keyTypes) {
        Pair newest = newest();
        return Arrays.asList(keyTypes).contains(newest.key.getAlgorithm()) ? newest.alias() : null;
    }

    @Override
    public @Nullable String chooseEngineClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return alias(keyTypes);
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return alias(keyType);
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return alias(keyTypes);
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return alias(keyType);
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return aliases(keyType);
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return aliases(keyType);
    }

    private String @Nullable [] aliases(String keyType) {
        String only = alias(keyType);
        return only == null ? null : new String[] {only};
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        Pair pair = named(alias);
        return pair == null ? null : new X509Certificate[] {pair.certificate};
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        Pair pair = named(alias);
        return pair == null ? null : pair.key;
    }
}
