package org.sipring.app.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Debian's baresip as a phone: it finds the platform with its own RFC 3263 client. */
final class Baresip implements AutoCloseable {
    private static final String SECONDS = "60";
    private static final Pattern TRACED = Pattern.compile("^([A-Z]+) [0-9.:]+ -> [0-9.:]+$", Pattern.MULTILINE);

    private final Path output;
    private final Process process;

    /**
     * Starts a phone.
     *
     * @param dir a new folder for its configuration
     * @param account its line for baresip's file of accounts
     * @param commands typed at its start, such as {@code /dial sip:bob@sipring.test}
     */
    Baresip(Path dir, String account, String... commands) {
        output = dir.resolve("baresip.out");
        try {
            Files.createDirectories(dir);
            Files.write(dir.resolve("config"), configuration());
            Files.write(dir.resolve("accounts"), List.of(account));
            Files.write(dir.resolve("contacts"), List.of());
            List<String> words = new ArrayList<>(List.of("baresip", "-4", "-s", "-f", dir.toString(), "-t", SECONDS));
            for (String command : commands) {
                words.addAll(List.of("-e", command));
            }
            process = new ProcessBuilder(words)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> configuration() {
        return List.of(
                "sip_listen 127.0.0.1:" + Sipp.freePort(),
                "sip_certificate",
                "dns_server 127.0.0.1:5300",
                "net_interface 127.0.0.1",
                "audio_player aubridge,bridge",
                "audio_source aubridge,bridge",
                "audio_alert aubridge,bridge",
                "module_path /usr/lib/baresip/modules",
                "module g711.so",
                "module aubridge.so",
                "module_app account.so",
                "module_app contact.so",
                "module_app menu.so");
    }

    /** All that it printed until now. */
    String said() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The transports of all SIP messages that it traced until now, such as {@code TCP}. */
    Set<String> transports() {
        return TRACED.matcher(said()).results().map(line -> line.group(1)).collect(Collectors.toSet());
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
