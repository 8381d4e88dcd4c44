package org.sipring.dns.wire;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/**
 * One TCP connection to a name server (RFC 1035 section 4.2.2), for one thread, which waits in it but never past the
 * deadline. Not dnsjava's client: that one looks at its deadlines only in idle seconds, and shares one global thread.
 */
final class TcpExchange implements AutoCloseable {
    private final Selector selector;
    private final SocketChannel channel;
    private final SelectionKey key;
    private final Deadline deadline;

    private TcpExchange(Selector selector, SocketChannel channel, Deadline deadline) throws IOException {
        this.selector = selector;
        this.channel = channel;
        this.deadline = deadline;
        channel.configureBlocking(false);
        this.key = channel.register(selector, 0);
    }

    static TcpExchange open(Deadline deadline) throws IOException {
        Selector selector = Selector.open();
        try {
            SocketChannel channel = SocketChannel.open();
            try {
                TcpExchange exchange = new TcpExchange(selector, channel, deadline);
                exchange.connect(deadline.server());
                return exchange;
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (IOException | RuntimeException e) {
            selector.close();
            throw new IOException(
                    "cannot connect to name server " + Deadline.text(deadline.server()) + " over TCP: "
                            + e.getMessage(),
                    e);
        }
    }

    private void connect(InetSocketAddress server) throws IOException {
        boolean done = channel.connect(server);
        while (!done) {
            await(SelectionKey.OP_CONNECT);
            done = channel.finishConnect();
        }
    }

    private void await(int operation) throws IOException {
        key.interestOps(operation);
        selector.select(deadline.millisLeft());
        selector.selectedKeys().clear();
        if (Thread.currentThread().isInterrupted()) {
            throw new IOException("interrupted while waiting for name server " + Deadline.text(deadline.server()));
        }
    }

    void send(byte[] message) throws IOException {
        ByteBuffer out = ByteBuffer.allocate(2 + message.length);
        out.putShort((short) message.length).put(message).flip();
        while (out.hasRemaining()) {
            if (channel.write(out) == 0) {
                await(SelectionKey.OP_WRITE);
            }
        }
    }

    byte[] receive() throws IOException {
        int length = read(2).getShort() & 0xFFFF;
        return read(length).array();
    }

    private ByteBuffer read(int length) throws IOException {
        ByteBuffer in = ByteBuffer.allocate(length);
        while (in.hasRemaining()) {
            int got = channel.read(in);
            if (got < 0) {
                throw new EOFException("name server " + Deadline.text(deadline.server()) + " closed the connection");
            }
            if (got == 0) {
                await(SelectionKey.OP_READ);
            }
        }
        return in.flip();
    }

    @Override
    public void close() throws IOException {
        try (selector) {
            channel.close();
        }
    }
}
