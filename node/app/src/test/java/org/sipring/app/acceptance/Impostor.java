package org.sipring.app.acceptance;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Debian's {@code openssl} with a node's key and certificate: a program that does not judge itself before it connects. */
final class Impostor {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private Impostor() {}

    /** Shakes hands at the overlay's port as a node that looks for the platform does. */
    static String overlay(Path identity, String address) {
        return connect(identity, address + ":7600", List.of("-alpn", "sipring-meet/1"));
    }

    /** Shakes hands at the port for SIP between nodes. */
    static String sip(Path identity, String address) {
        return connect(identity, address + ":5066", List.of());
    }

    // Who is welcome stays connected: the client leaves after a while.
    private static String connect(Path identity, String peer, List<String> more) {
        List<String> words = new ArrayList<>(List.of("timeout", "3", "openssl", "s_client", "-ign_eof", "-brief"));
        words.addAll(
                List.of("-connect", peer, "-cert", identity.resolve("node.crt").toString()));
        words.addAll(List.of("-key", identity.resolve("node.key").toString()));
        words.addAll(more);
        return Command.run(LIMIT, words).output();
    }
}
