package org.sipring.certs;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import org.sipring.api.Identity;

/** A TLS connection between two nodes, without a network: each engine's records are handed to the other. */
final class Link {
    final SSLEngine client;
    final SSLEngine server;
    private final ByteBuffer toServer = ByteBuffer.allocate(1 << 17);
    private final ByteBuffer toClient = ByteBuffer.allocate(1 << 17);
    private final StringBuilder heard = new StringBuilder();

    Link(Identity from, Identity to) {
        client = from.tls().createSSLEngine("peer", 7600);
        client.setUseClientMode(true);
        server = to.tls().createSSLEngine();
        server.setUseClientMode(false);
        server.setNeedClientAuth(true);
    }

    /** Shakes hands until both sides have finished; the first failure of either side is thrown. */
    Link shakeHands() throws SSLException {
        for (int turn = 0; turn < 50; turn++) {
            step(client, toServer, toClient);
            step(server, toClient, toServer);
        }
        return this;
    }

    /** Sends a text from client to server. */
    String say(String text) throws SSLException {
        heard.setLength(0);
        client.wrap(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), toServer);
        step(server, toClient, toServer);
        return heard.toString();
    }

    private void step(SSLEngine engine, ByteBuffer out, ByteBuffer in) throws SSLException {
        in.flip();
        try {
            while (in.hasRemaining() && engine.getHandshakeStatus() != HandshakeStatus.NEED_WRAP) {
                if (unwrap(engine, in).bytesConsumed() == 0) {
                    break;
                }
            }
        } finally {
            in.compact();
            runTasks(engine);
        }
        if (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP
                || engine.getSession().getProtocol().equals("NONE")) {
            engine.wrap(ByteBuffer.allocate(0), out);
        }
        runTasks(engine);
    }

    private SSLEngineResult unwrap(SSLEngine engine, ByteBuffer in) throws SSLException {
        ByteBuffer plain = ByteBuffer.allocate(1 << 16);
        SSLEngineResult result = engine.unwrap(in, plain);
        heard.append(StandardCharsets.UTF_8.decode(plain.flip()));
        runTasks(engine);
        return result;
    }

    private static void runTasks(SSLEngine engine) {
        Runnable task = engine.getDelegatedTask();
        while (task != null) {
            task.run();
            task = engine.getDelegatedTask();
        }
    }
}
