package org.sipring.app.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Debian's baresip as a phone: it finds the platform with its own RFC 3263 client. */
final class Baresip implements AutoCloseable {
    /** In an account's line: it keeps its flow, RFC 5626, and asks for GRUUs, RFC 5627. */
    static final String OUTBOUND = ";sipnat=outbound";

    private static final String SECONDS = "60";
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Pattern RECORD_ROUTE =
            Pattern.compile("^Record-Route: <sip:[^@>]*@(\\w+)\\.edge\\.", Pattern.MULTILINE);
    private static final Pattern TRACED = Pattern.compile("^([A-Z]+) [0-9.:]+ -> [0-9.:]+\\R(.*)$", Pattern.MULTILINE);

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
        this(dir, List.of(), account, commands);
    }

    /**
     * Starts a phone.
     *
     * @param dir a new folder for its configuration
     * @param settings more lines of its configuration
     * @param account its line for baresip's file of accounts
     * @param commands typed at its start
     */
    Baresip(Path dir, List<String> settings, String account, String... commands) {
        this(
                dir,
                List.of(),
                Stream.concat(Stream.of("dns_server 127.0.0.1:5300"), settings.stream())
                        .toList(),
                account,
                commands);
    }

    /**
     * Starts a phone in another place.
     *
     * @param dir a new folder for its configuration
     * @param place what to run before it, such as what enters a {@link Namespace}
     * @param settings more lines of its configuration, with its name server
     * @param account its line for baresip's file of accounts
     * @param commands typed at its start
     */
    Baresip(Path dir, List<String> place, List<String> settings, String account, String... commands) {
        output = dir.resolve("baresip.out");
        try {
            Files.createDirectories(dir);
            Files.write(dir.resolve("config"), configuration(account.contains(OUTBOUND)));
            Files.write(dir.resolve("config"), settings, StandardOpenOption.APPEND);
            Files.write(dir.resolve("accounts"), List.of(account));
            Files.write(dir.resolve("contacts"), List.of());
            List<String> words = new ArrayList<>(place);
            words.addAll(List.of("baresip", "-4", "-s", "-f", dir.toString(), "-t", SECONDS));
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

    /** With a lasting name it asks for GRUUs, and names its own in calls. */
    private static List<String> configuration(boolean named) {
        return List.of(
                named ? "module_tmp uuid.so" : "",
                "sip_listen 127.0.0.1:" + FreePort.at("127.0.0.1"),
                "sip_certificate",
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

    /** Waits until it has printed something. */
    void says(String text) {
        try {
            Stopwatch.until(text, LIMIT, () -> said().contains(text));
        } catch (RuntimeException e) {
            throw new AssertionError("baresip did not say '" + text + "'; it said:\n" + said(), e);
        }
    }

    /** The transports, such as {@code TCP}, of all SIP messages that it traced until now and that begin with a word. */
    Set<String> transports(String begin) {
        return TRACED.matcher(said())
                .results()
                .filter(message -> message.group(2).startsWith(begin))
                .map(message -> message.group(1))
                .collect(Collectors.toSet());
    }

    /** The nodes whose edges the calls that it traced until now go through. */
    Set<String> edges() {
        return RECORD_ROUTE.matcher(said()).results().map(line -> line.group(1)).collect(Collectors.toSet());
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
