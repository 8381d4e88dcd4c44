package org.sipring.app.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** Debian's linphone as a phone on the command line, which is told a domain and a transport and asks the system's name server. */
final class Linphone implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration POLL = Duration.ofMillis(20);
    private static final Duration ASK_AGAIN = Duration.ofMillis(500);
    private static final int PORT = 25_060;

    private final Typed program;
    private final Path log;

    /** A user of a domain that the platform serves. */
    record Account(String user, String domain, String password) {}

    /**
     * Starts a phone that answers whoever calls. It must be closed before the next is started.
     *
     * @param dir a new folder for its files
     * @param place where it runs
     * @param account whom it registers
     * @param transport {@code udp}, {@code tcp} or {@code tls}
     * @param ca whom it trusts
     */
    Linphone(Path dir, Namespace place, Account account, String transport, Path ca) {
        Path output = dir.resolve("linphone.out");
        log = dir.resolve("log");
        try {
            Files.createDirectories(dir.resolve(".local/share/linphone"));
            Path settings = Files.writeString(dir.resolve("linphonerc"), settings(account, transport, ca));
            List<String> words = place.inside(
                    "env",
                    "HOME=" + dir,
                    "PULSE_RUNTIME_PATH=" + dir,
                    "linphonec",
                    "-a",
                    "-c",
                    settings.toString(),
                    "-l",
                    log.toString(),
                    "-d",
                    "6");
            program = Typed.start(new ProcessBuilder(words), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        type("soundcard use files");
    }

    private static String settings(Account account, String transport, Path ca) {
        return """
                [sip]
                sip_port=%1$d
                sip_tcp_port=%1$d
                sip_tls_port=%2$d
                verify_server_certs=1
                verify_server_cn=1
                root_ca=%3$s
                default_proxy=0
                [proxy_0]
                reg_proxy=<sip:sipring.test;transport=%4$s>
                reg_identity=sip:%5$s@%6$s
                reg_expires=600
                reg_sendregister=1
                [auth_info_0]
                username=%5$s
                passwd=%7$s
                realm=%6$s
                domain=%6$s
                """
                .formatted(PORT, PORT + 1, ca, transport, account.user, account.domain, account.password);
    }

    /** Types a line. */
    void type(String line) {
        program.type(line);
    }

    /** Types a question until it is answered so. */
    void answers(String question, String text) {
        until(text, ASK_AGAIN, () -> {
            type(question);
            return program.said().contains(text);
        });
    }

    /** Waits until it has said something so many times. */
    void says(String text, int times) {
        until(text, POLL, () -> program.said().split(Pattern.quote(text), -1).length > times);
    }

    /** What it sent and received, among much else. */
    String logged() {
        try {
            return Files.readString(log, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void until(String text, Duration poll, Callable<Boolean> said) {
        try {
            Awaitility.await(text).atMost(LIMIT).pollInterval(poll).until(said);
        } catch (RuntimeException e) {
            throw new AssertionError("linphone did not say '" + text + "'; it said:\n" + program.said(), e);
        }
    }

    @Override
    public void close() {
        type("quit");
        program.end();
    }
}
