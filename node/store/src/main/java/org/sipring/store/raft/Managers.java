package org.sipring.store.raft;

import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * How replicas prove themselves to each other.
 *
 * @param keys gives the node's newest key and certificate, each time anew
 * @param trust refuses whoever is no node of the platform
 */
public record Managers(X509ExtendedKeyManager keys, X509ExtendedTrustManager trust) {}
