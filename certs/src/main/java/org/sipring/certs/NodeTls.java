package org.sipring.certs;

import java.security.GeneralSecurityException;
import java.security.KeyManagementException;
import java.security.SecureRandom;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

/**
 * A context whose engines speak TLS 1.3 and nothing older. The JDK's {@code SSLContext.getInstance("TLSv1.3")} names
 * only the newest protocol; its engines accept TLS 1.2 as well.
 */
final class NodeTls extends SSLContext {
    private NodeTls(SSLContext context) {
        super(new Engines(context), context.getProvider(), NodeTrust.PROTOCOL);
    }

    /** The context of a node that proves itself with these keys and judges others by these rules. */
    static SSLContext of(NodeKeys keys, NodeTrust trust) {
        try {
            SSLContext context = SSLContext.getInstance(NodeTrust.PROTOCOL);
            context.init(new KeyManager[] {keys}, new TrustManager[] {trust}, null);
            return new NodeTls(context);
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("this JDK cannot speak " + NodeTrust.PROTOCOL, broken);
        }
    }

    private static final class Engines extends SSLContextSpi {
        private final SSLContext context;

        private Engines(SSLContext context) {
            this.context = context;
        }

        private static SSLEngine narrow(SSLEngine engine) {
            engine.setEnabledProtocols(new String[] {NodeTrust.PROTOCOL});
            return engine;
        }

        private static SSLParameters narrow(SSLParameters parameters) {
            parameters.setProtocols(new String[] {NodeTrust.PROTOCOL});
            return parameters;
        }

        @Override
        protected SSLEngine engineCreateSSLEngine() {
            return narrow(context.createSSLEngine());
        }

        @Override
        protected SSLEngine engineCreateSSLEngine(String host, int port) {
            return narrow(context.createSSLEngine(host, port));
        }

        @Override
        protected SSLParameters engineGetDefaultSSLParameters() {
            return narrow(context.getDefaultSSLParameters());
        }

        @Override
        protected SSLParameters engineGetSupportedSSLParameters() {
            return narrow(context.getSupportedSSLParameters());
        }

        @Override
        protected SSLSessionContext engineGetServerSessionContext() {
            return context.getServerSessionContext();
        }

        @Override
        protected SSLSessionContext engineGetClientSessionContext() {
            return context.getClientSessionContext();
        }

        @Override
        protected void engineInit(KeyManager[] keys, TrustManager[] trust, SecureRandom random)
                throws KeyManagementException {
            throw new KeyManagementException("the context of a node's identity cannot be changed");
        }

        @Override
        protected SSLSocketFactory engineGetSocketFactory() {
            return new NarrowSockets(context.getSocketFactory());
        }

        @Override
        protected SSLServerSocketFactory engineGetServerSocketFactory() {
            throw new UnsupportedOperationException("a node accepts connections with an SSLEngine");
        }
    }
}
