package org.sipring.app.acceptance;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.sipring.runtime.SystemChance;

/**
 * Ports for programs that are started a moment later: from below those that the system gives to whoever connects. A resolver's
 * or another test's connection could otherwise take one meanwhile.
 */
final class FreePort {
    private static final int LOWEST = 20_000;
    private static final int PAIRS = 5_000;

    private FreePort() {}

    /** A port for UDP and TCP; the next one is free as well. */
    static int at(String address) {
        SystemChance chance = new SystemChance();
        int port;
        do {
            port = LOWEST + 2 * chance.below(PAIRS);
        } while (!isFree(address, port) || !isFree(address, port + 1));
        return port;
    }

    private static boolean isFree(String address, int port) {
        InetSocketAddress place = new InetSocketAddress(address, port);
        try (DatagramSocket udp = new DatagramSocket(place);
                ServerSocket tcp = new ServerSocket()) {
            tcp.bind(place);
            return udp.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
