package org.sipring.sip.transport;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How this node listens for SIP.
 *
 * @param address the IP address to listen on, in text form
 * @param port for UDP and TCP; 0 takes a free one
 * @param nodePort for links between nodes; 0 takes a free one
 * @param peerPort where other nodes listen for links; equal to {@code nodePort} except in tests
 * @param loops how many rooms work, 1 to 64
 * @param limits what protects this node
 * @param doors the ports of the other transports that phones may use, 0 for a free one; those not named are not offered
 * @param origins whose web pages may connect by WebSocket
 */
public record NetworkSettings(
        String address,
        int port,
        int nodePort,
        int peerPort,
        int loops,
        Limits limits,
        Map<Transport, Integer> doors,
        Origins origins) {
    /** Where nodes listen for each other. */
    public static final int NODE_PORT = 5066;

    /** Checks the number of rooms. */
    public NetworkSettings {
        doors = Map.copyOf(doors);
        if (loops < 1 || loops > 64) {
            throw new IllegalArgumentException("loops " + loops + ": use 1 to 64");
        }
    }

    /**
     * Listens for UDP and TCP only.
     *
     * @param address the IP address to listen on, in text form
     * @param port for UDP and TCP; 0 takes a free one
     * @param nodePort for links between nodes; 0 takes a free one
     * @param peerPort where other nodes listen for links; equal to {@code nodePort} except in tests
     * @param loops how many rooms work, 1 to 64
     * @param limits what protects this node
     */
    public NetworkSettings(String address, int port, int nodePort, int peerPort, int loops, Limits limits) {
        this(address, port, nodePort, peerPort, loops, limits, Map.of(), new Origins(List.of(), ""));
    }

    /**
     * What a peer may cost.
     *
     * @param message the greatest message in bytes, header and body
     * @param connections the greatest number of connections of phones
     * @param connectionsPerAddress the same for one IP address
     * @param greeting how long a new connection may stay without one whole message, and any with a part of one
     * @param idle how long a connection may stay without a byte; a WebSocket is pinged then, or sooner, and may stay if it
     *     answers
     * @param pending bytes waiting for a slow reader before its connection is closed
     */
    public record Limits(
            int message, int connections, int connectionsPerAddress, Duration greeting, Duration idle, int pending) {
        /** Ordinary limits. */
        public static final Limits DEFAULT =
                new Limits(65_535, 100_000, 1_000, Duration.ofSeconds(30), Duration.ofMinutes(70), 1 << 20);
    }
}
