package org.sipring.app.acceptance;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What nobody should send, sent to every port that some processes have open. */
final class Hostility {
    private static final Pattern LISTENING =
            Pattern.compile("(tcp|udp) .* \\[?(?:::ffff:)?([0-9.]+)\\]?:(\\d+) .*pid=(\\d+),");
    private static final int LARGEST_DATAGRAM = 65_507;
    private static final int PATIENCE_MILLIS = 300;

    private final List<byte[]> payloads;

    Hostility(long seed) {
        Random random = new Random(seed);
        byte[] noise = new byte[65_535];
        random.nextBytes(noise);
        String many = "a".repeat(200_000);
        payloads = List.of(
                new byte[0],
                new byte[1],
                noise,
                "A".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII),
                text("REGISTER sip:sipring.test SIP/2.0", "Content-Length: 2147483648", "", "x"),
                text(
                        "REGISTER sip:sipring.test SIP/2.0",
                        "Content-Length: -1",
                        "CSeq: 99999999999999 REGISTER",
                        "",
                        ""),
                text("INVITE sip:" + many + "@sipring.test SIP/2.0", "Via: " + many, "", ""),
                text("SIP/2.0 200 OK", "Via: SIP/2.0/UDP 127.0.0.1;branch=z9hG4bK" + many, "", ""),
                text("GET /" + many + " HTTP/1.1", "Host: x", "", ""),
                text("POST /status HTTP/1.1", "Host: x", "Content-Length: 999999999999", "", ""),
                // A TLS record that promises more than a record may hold, and a ClientHello that never ends.
                joined("160303ffff", noise),
                joined("1603014000" + "01ffffff" + "0303", noise),
                // DNS over TCP with the largest length, and a query whose name points at itself.
                joined("ffff", noise),
                joined("000100000001000000000000c00c00010001", new byte[0]));
    }

    private static byte[] text(String... lines) {
        return String.join("\r\n", lines).getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] joined(String hex, byte[] rest) {
        byte[] head = HexFormat.of().parseHex(hex);
        byte[] both = Arrays.copyOf(head, head.length + rest.length);
        System.arraycopy(rest, 0, both, head.length, rest.length);
        return both;
    }

    /**
     * An open port.
     *
     * @param protocol {@code tcp} or {@code udp}
     * @param address where it listens
     */
    record Port(String protocol, InetSocketAddress address) {}

    /** The ports that some processes have open. */
    static Set<Port> ports(Set<Long> pids) {
        Set<Port> ports = new HashSet<>();
        Command.run(Duration.ofSeconds(10), "ss", "-Hlntup")
                .succeeded()
                .output()
                .lines()
                .forEach(line -> LISTENING
                        .matcher(line)
                        .results()
                        .filter(found -> pids.contains(Long.parseLong(found.group(4))))
                        .map(Hostility::port)
                        .forEach(ports::add));
        return ports;
    }

    private static Port port(MatchResult found) {
        return new Port(found.group(1), new InetSocketAddress(found.group(2), Integer.parseInt(found.group(3))));
    }

    /** Sends everything there is to one port. */
    void show(Port port) {
        for (byte[] payload : payloads) {
            try {
                if (port.protocol().equals("udp")) {
                    datagram(port.address(), payload);
                } else {
                    stream(port.address(), payload);
                }
            } catch (IOException refusedAsItShouldBe) {
                // Whether the node still serves others is asked afterwards.
            }
        }
    }

    private static void datagram(InetSocketAddress address, byte[] payload) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            int length = Math.min(payload.length, LARGEST_DATAGRAM);
            socket.send(new DatagramPacket(payload, length, address));
        }
    }

    private static void stream(InetSocketAddress address, byte[] payload) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(address, PATIENCE_MILLIS);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(payload);
            socket.getInputStream().read(new byte[1000]);
        }
    }
}
