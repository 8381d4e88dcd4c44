package org.sipring.sip.dns.wire;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** BIND 9 with a zone {@code example.test}, on a port of its own. */
final class Bind implements AutoCloseable {
    private static final String CONFIGURATION =
            """
            options {
              directory "%1$s"; pid-file "%1$s/named.pid"; session-keyfile "%1$s/session.key";
              managed-keys-directory "%1$s"; listen-on port %2$d { 127.0.0.1; }; listen-on-v6 { none; };
              recursion no; dnssec-validation no; notify no;
            };
            controls { };
            zone "example.test" { type primary; file "%1$s/zone"; };
            """;

    private final Process process;
    private final InetSocketAddress address;

    private Bind(Process process, InetSocketAddress address) {
        this.process = process;
        this.address = address;
    }

    static Bind start(Path folder, String... records) throws IOException {
        String head = "$ORIGIN example.test.\n$TTL 30\n@ IN SOA ns hostmaster 1 3600 60 604800 5\n@ IN NS ns\n";
        Files.writeString(folder.resolve("zone"), head + "ns IN A 127.0.0.1\n" + String.join("\n", records) + "\n");
        InetSocketAddress address = free();
        Path configuration = folder.resolve("named.conf");
        Files.writeString(configuration, CONFIGURATION.formatted(folder, address.getPort()));
        Process process = new ProcessBuilder("/usr/sbin/named", "-c", configuration.toString(), "-g", "-n", "1")
                .redirectErrorStream(true)
                .start();
        awaitRunning(process);
        return new Bind(process, address);
    }

    private static InetSocketAddress free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new InetSocketAddress(socket.getInetAddress(), socket.getLocalPort());
        }
    }

    /** BIND's log says so; it is read to its end afterwards, so that BIND never waits for a reader. */
    private static void awaitRunning(Process process) throws IOException {
        BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        StringBuilder log = new StringBuilder();
        String line = lines.readLine();
        while (line != null && !line.endsWith(" running")) {
            log.append(line).append('\n');
            line = lines.readLine();
        }
        if (line == null) {
            throw new IOException("named did not start:\n" + log);
        }
        Thread reader = new Thread(() -> skip(lines), "named-log");
        reader.setDaemon(true);
        reader.start();
    }

    private static void skip(BufferedReader lines) {
        try {
            lines.transferTo(Writer.nullWriter());
        } catch (IOException e) {
            // The process has ended, and closed its side.
        }
    }

    InetSocketAddress address() {
        return address;
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
