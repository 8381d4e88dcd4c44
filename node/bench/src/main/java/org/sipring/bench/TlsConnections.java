package org.sipring.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Phones that have connected over TLS, kept their connection alive once, and are silent. RFC 5626 section 3.5.1. */
final class TlsConnections implements AutoCloseable {
    private static final int PORT = 5061;
    private static final int PATIENCE_MILLIS = 10_000;
    // A node keeps one address from taking all of its places.
    private static final int FROM_ONE_ADDRESS = 100;
    private static final byte[] PING = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int PONG_BYTES = 2;

    private final List<SSLSocket> sockets = new ArrayList<>();

    private TlsConnections() {}

    static TlsConnections open(String address, Path authority, int count) throws IOException {
        TlsConnections connections = new TlsConnections();
        try {
            SSLContext context = context(authority);
            for (int i = 0; i < count; i++) {
                connections.sockets.add(connect(context, "127.0.1." + (1 + i / FROM_ONE_ADDRESS), address));
            }
            return connections;
        } catch (IOException | GeneralSecurityException failure) {
            connections.close();
            throw new IOException("no TLS connection to " + address + ": " + failure.getMessage(), failure);
        }
    }

    private static SSLContext context(Path authority) throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        try (InputStream in = Files.newInputStream(authority)) {
            trusted.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }

    private static SSLSocket connect(SSLContext context, String from, String to) throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket();
        socket.bind(new InetSocketAddress(from, 0));
        socket.connect(new InetSocketAddress(to, PORT), PATIENCE_MILLIS);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.getOutputStream().write(PING);
        if (socket.getInputStream().readNBytes(PONG_BYTES).length < PONG_BYTES) {
            throw new IOException("closed by the node");
        }
        return socket;
    }

    int count() {
        return sockets.size();
    }

    @Override
    public void close() {
        sockets.forEach(TlsConnections::end);
    }

    private static @Nullable IOException end(SSLSocket socket) {
        try {
            socket.close();
            return null;
        } catch (IOException closedAlready) {
            return closedAlready;
        }
    }
}
