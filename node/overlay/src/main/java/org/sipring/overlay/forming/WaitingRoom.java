package org.sipring.overlay.forming;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.sipring.api.Identity;
import org.sipring.overlay.tls.TlsProtocols;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers on the overlay's port while Hazelcast does not: the same mutual TLS, and one greeting. Callable from any
 * thread.
 */
final class WaitingRoom implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WaitingRoom.class);
    private static final int VISITORS = 16;
    private static final int READ_MILLIS = 3_000;

    private final Identity identity;
    private final Supplier<byte[]> greeting;
    private final Executor workers;
    private final ServerSocket door;
    private final Set<Socket> visitors = ConcurrentHashMap.newKeySet();
    private final CountDownLatch free = new CountDownLatch(1);

    WaitingRoom(Identity identity, InetSocketAddress listen, Supplier<byte[]> greeting, Executor workers)
            throws IOException {
        this.identity = identity;
        this.greeting = greeting;
        this.workers = workers;
        this.door = new ServerSocket();
        try {
            door.setReuseAddress(true);
            door.bind(listen);
        } catch (IOException e) {
            door.close();
            throw new IOException("cannot listen on " + listen + ": " + e.getMessage(), e);
        }
        workers.execute(this::open);
    }

    /** Sends away whoever has not finished since the last call: a slow peer cannot hold a place for longer. */
    void sweep(Set<Socket> before) {
        before.retainAll(visitors);
        before.forEach(WaitingRoom::close);
        before.clear();
        before.addAll(visitors);
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException e) {
            LOG.debug("closing {}", door, e);
        }
        visitors.forEach(WaitingRoom::close);
        awaitFree();
    }

    /** The port is free only when the thread that accepts has let go of it. */
    private void awaitFree() {
        try {
            if (!free.await(2, TimeUnit.SECONDS)) {
                LOG.warn("{} does not close", door);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void open() {
        while (!door.isClosed()) {
            try {
                admit(door.accept());
            } catch (IOException e) {
                LOG.debug("accepting on {}", door, e);
            }
        }
        free.countDown();
    }

    private void admit(Socket visitor) {
        if (visitors.size() >= VISITORS) {
            close(visitor);
            return;
        }
        visitors.add(visitor);
        workers.execute(() -> {
            try {
                receive(visitor);
            } catch (IOException | CertificateException e) {
                LOG.debug("{} was not greeted: {}", visitor, e.getMessage());
            } finally {
                close(visitor);
                visitors.remove(visitor);
            }
        });
    }

    private void receive(Socket plain) throws IOException, CertificateException {
        plain.setSoTimeout(READ_MILLIS);
        try (SSLSocket socket = (SSLSocket) identity.tls().getSocketFactory().createSocket(plain, null, true)) {
            socket.setUseClientMode(false);
            SSLParameters parameters = TlsProtocols.strict(socket.getSSLParameters(), TlsProtocols.MEET);
            parameters.setNeedClientAuth(true);
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            identity.authenticate(socket.getSession());
            socket.getOutputStream().write(greeting.get());
            socket.getOutputStream().flush();
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("closing {}", socket, e);
        }
    }
}
