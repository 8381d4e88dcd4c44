package org.sipring.overlay.forming;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.sipring.api.Identity;
import org.sipring.overlay.tls.Refusal;
import org.sipring.overlay.tls.TlsProtocols;

/** Asks another node who it is and what it is doing. Blocks; callable from any thread. */
final class Caller {
    private static final int CONNECT_MILLIS = 1_000;
    private static final int READ_MILLIS = 3_000;

    private final Identity identity;
    private final InetSocketAddress own;

    Caller(Identity identity, InetSocketAddress own) {
        this.identity = identity;
        this.own = own;
    }

    /**
     * Asks.
     *
     * @throws IOException when nobody answers, or one side refuses the other; the message is for the operator
     */
    Greeting ask(InetSocketAddress address) throws IOException {
        try (Socket plain = new Socket()) {
            plain.bind(new InetSocketAddress(own.getAddress(), 0));
            plain.connect(address, CONNECT_MILLIS);
            plain.setSoTimeout(READ_MILLIS);
            return greet(plain, address);
        }
    }

    private Greeting greet(Socket plain, InetSocketAddress address) throws IOException {
        String remote = address.getHostString() + ":" + address.getPort();
        try (SSLSocket socket = (SSLSocket) identity.tls()
                .getSocketFactory()
                .createSocket(plain, address.getHostString(), address.getPort(), true)) {
            socket.setUseClientMode(true);
            socket.setSSLParameters(TlsProtocols.strict(socket.getSSLParameters(), TlsProtocols.MEET));
            socket.startHandshake();
            Identity.Holder peer = identity.authenticate(socket.getSession());
            Greeting greeting = Greeting.read(new DataInputStream(socket.getInputStream()));
            if (!greeting.node().equals(peer.node())) {
                throw new IOException(
                        remote + " says it is " + greeting.node() + ", with the certificate of " + peer.node());
            }
            return greeting;
        } catch (CertificateException | SSLException e) {
            throw new IOException(Refusal.explain(remote, true, null, e), e);
        }
    }
}
