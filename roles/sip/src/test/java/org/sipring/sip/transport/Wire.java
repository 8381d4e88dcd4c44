package org.sipring.sip.transport;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.sipring.api.Identity;
import org.sipring.api.Ticker;
import org.sipring.sip.ParseResult;
import org.sipring.sip.SipMessage;

/** A network on real loopback sockets, and what its loops heard. */
final class Wire implements AutoCloseable {
    final BlockingQueue<Flow> flows = new LinkedBlockingQueue<>();
    final BlockingQueue<ParseResult> results = new LinkedBlockingQueue<>();
    final BlockingQueue<Flow> closed = new LinkedBlockingQueue<>();
    final BlockingQueue<SipLoop> loops = new LinkedBlockingQueue<>();
    final NettyNetwork network;
    /** Whether somebody at this address is heard. */
    volatile boolean hears = true;
    /** Whether datagrams that are no responses are dropped. */
    volatile boolean besieged;

    Wire(Identity identity, int peerPort, NetworkSettings.Limits limits) throws IOException {
        this(Credentials.of(identity), peerPort, limits);
    }

    Wire(Credentials credentials, int peerPort, NetworkSettings.Limits limits) throws IOException {
        this("127.0.0.1", credentials, peerPort, limits);
    }

    Wire(String address, Credentials credentials, int peerPort, NetworkSettings.Limits limits) throws IOException {
        network = NettyNetwork.open(
                new NetworkSettings(
                        address,
                        0,
                        0,
                        peerPort,
                        2,
                        limits,
                        Map.of(Transport.TLS, 0, Transport.WS, 0, Transport.WSS, 0),
                        new Origins(List.of("https://pages.test"), "sipring.test")),
                credentials,
                new WallTicker(),
                this::receiver);
    }

    private Receiver receiver(SipLoop loop) {
        loops.add(loop);
        return new Receiver() {
            @Override
            public void received(Flow flow, ParseResult result) {
                flows.add(flow);
                results.add(result);
                if (result instanceof ParseResult.Parsed parsed) {
                    loop.send(flow, parsed.message().bytes());
                }
            }

            @Override
            public boolean hears(InetAddress source, Transport transport) {
                return hears || !source.isLoopbackAddress();
            }

            @Override
            public boolean drops(InetAddress source, BooleanSupplier response) {
                return besieged && !response.getAsBoolean();
            }

            @Override
            public void closed(Flow flow) {
                closed.add(flow);
            }
        };
    }

    static Ticker clock() {
        return new WallTicker();
    }

    static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
        T next = queue.poll(10, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("nothing within 10 s");
        }
        return next;
    }

    SipMessage message() throws InterruptedException {
        ParseResult result = next(results);
        if (result instanceof ParseResult.Parsed parsed) {
            return parsed.message();
        }
        throw new AssertionError(result);
    }

    @Override
    public void close() {
        network.close();
    }

    /** Hears nothing. */
    static final class Deaf implements Receiver {
        @Override
        public void received(Flow flow, ParseResult result) {}

        @Override
        public void closed(Flow flow) {}
    }

    /** Only its clock is asked for. */
    private static final class WallTicker implements Ticker {
        @Override
        public Instant now() {
            return Instant.now();
        }

        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public Timer after(Duration delay, Runnable task) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void execute(Runnable task) {
            throw new UnsupportedOperationException();
        }
    }
}
