package org.sipring.dns.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.sipring.dns.wire.TsigKey;

/** Debian's BIND 9, as a process of ours on a free port. */
final class Named implements NameServerContract.Running {
    private static final String CONFIGURATION =
            """
            include "%1$s/tsig.key";
            options {
              directory "%1$s"; pid-file "%1$s/named.pid"; session-keyfile "%1$s/session.key";
              managed-keys-directory "%1$s"; listen-on port %2$d { 127.0.0.1; }; listen-on-v6 { none; };
              // BIND holds 100 records of a type by default, and so 100 nodes.
              max-records-per-type 0; recursion no; dnssec-validation no; notify no;
            };
            controls { };
            zone "sipring.test" { type primary; file "%1$s/zone"; allow-update { key "%3$s"; }; };
            """;
    private static final String ZONE =
            """
            $TTL 30
            @ IN SOA ns hostmaster 1 3600 60 604800 5
            @ IN NS ns
            ns IN A 127.0.0.1
            """;

    private final Process process;
    private final int port;

    private Named(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static Named start(Path folder, TsigKey key) throws IOException {
        key.write(folder.resolve("tsig.key"));
        Files.writeString(folder.resolve("zone"), ZONE);
        int port = freePort();
        Path configuration = folder.resolve("named.conf");
        Files.writeString(configuration, CONFIGURATION.formatted(folder, port, key.name()));
        Process process = new ProcessBuilder("/usr/sbin/named", "-c", configuration.toString(), "-g", "-n", "1")
                .redirectErrorStream(true)
                .start();
        awaitRunning(process);
        return new Named(process, port);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** BIND's log says so; it is read to its end afterwards, so that BIND never waits for a reader. */
    private static void awaitRunning(Process process) throws IOException {
        StringBuilder log = new StringBuilder();
        BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
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

    @Override
    public InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
