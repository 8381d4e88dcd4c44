package org.sipring.app.world;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.sipring.sip.transport.Flow;
import org.sipring.sip.transport.Transport;

/**
 * A connection. What gets lost is sent again until it has arrived, in order. One end hears of the other's end when it is
 * told so, when it sends something, or, between nodes, when nothing has been acknowledged for five seconds.
 */
final class Stream {
    private static final Duration REPEAT = Duration.ofMillis(250);
    private static final Duration SILENCE = Duration.ofSeconds(5);
    private static final int EPHEMERAL = 40_000;

    private final Wires wires;
    private final End here;

    /** A connection that both ends know of from now on. */
    Stream(Wires wires, Station caller, Station called, InetSocketAddress remote, Transport transport) {
        this.wires = wires;
        boolean nodes = transport == Transport.NODE;
        int number = wires.nextConnection();
        InetSocketAddress source = new InetSocketAddress(caller.phones().getAddress(), EPHEMERAL + number % 20_000);
        here = new End(caller, new Flow(transport, local(caller, nodes), remote, number, nodes ? called.name() : null));
        End there = new End(
                called, new Flow(transport, local(called, nodes), source, number, nodes ? caller.name() : null));
        here.other = there;
        there.other = here;
        caller.add(here);
        called.add(there);
    }

    private static InetSocketAddress local(Station station, boolean nodes) {
        return nodes ? station.nodes() : station.phones();
    }

    Flow flow() {
        return here.flow;
    }

    /** One end. */
    final class End {
        private final Station station;
        private final Flow flow;
        private final Queue<byte[]> unheard = new ArrayDeque<>();
        private @Nullable End other;
        private long first;
        private Duration since = Duration.ZERO;
        private boolean closed;

        private End(Station station, Flow flow) {
            this.station = station;
            this.flow = flow;
        }

        Flow flow() {
            return flow;
        }

        void send(byte[] message) {
            unheard.add(message);
            if (unheard.size() == 1) {
                push();
            }
        }

        private void push() {
            since = wires.now();
            attempt(first);
        }

        private void attempt(long number) {
            byte[] message = unheard.peek();
            if (closed || message == null || number != first) {
                return;
            }
            if (broken()) {
                station.ticker().execute(this::close);
                return;
            }
            wires.carry(station, other().station, () -> other().arrived(number, message));
            wires.after(REPEAT, () -> attempt(number));
        }

        private boolean broken() {
            boolean gone = (other().closed || !other().station.alive()) && wires.open(station, other().station);
            boolean silent = flow.transport() == Transport.NODE
                    && wires.now().minus(since).compareTo(SILENCE) >= 0
                    && !wires.open(station, other().station);
            return gone || silent;
        }

        private void arrived(long number, byte[] message) {
            End sender = other();
            if (closed || number != sender.first) {
                return;
            }
            sender.first++;
            sender.unheard.remove();
            sender.push();
            station.hear(flow, message);
        }

        /** Ends it for both. */
        void close() {
            if (!closed) {
                finish();
                station.remove(this);
            }
        }

        /** Ends it for the other; here nobody is left to hear of it. */
        void finish() {
            closed = true;
            wires.carry(station, other().station, other()::close);
        }

        private End other() {
            return Objects.requireNonNull(other);
        }
    }
}
