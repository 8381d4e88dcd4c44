package org.sipring.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sipring.app.phone.Phone;
import org.sipring.app.phone.PhoneAccount;
import org.sipring.sip.SipMessage;

/** The target of load tests keeps its contract: load tests elsewhere rely on its address, its accounts and their password. */
@Tag("acceptance")
@Timeout(300)
final class BenchTest {
    private static final String DOMAIN = "bench.local";
    private static final String ADDRESS = "127.0.0.11";
    private static final String TARGET = ADDRESS + ":5060";
    private static final int ACCOUNTS = 100_000;
    private static final int USED = 300;
    private static final Duration LIMIT = Duration.ofSeconds(12);

    // Another address than the one that the phones register from: any contact is used as it is written.
    private static final String PHONES = "127.0.0.99";

    @TempDir
    private Path dir = Path.of("");

    @Test
    void everybodyRegistersAndCallsWithoutPassword() throws Exception {
        try (DemoRun demo = DemoRun.start(dir, "--bench")) {
            keepsItsContract(demo.contract());
            assertThat(demo.screen()).contains("password secret, any contact, digest off");
            registeredPhonesAreCalled(
                    "register-open", i -> user(i), "caller-open", i -> user(i) + ";" + user((i + 1) % USED));
        }
    }

    private static void keepsItsContract(JsonNode contract) {
        assertThat(contract.path("domain").asText()).isEqualTo(DOMAIN);
        assertThat(contract.path("nodes")).hasSize(1);
        assertThat(contract.path("nodes").path(0).path("address").asText()).isEqualTo(ADDRESS);
        JsonNode accounts = contract.path("accounts");
        assertThat(accounts).hasSize(ACCOUNTS);
        assertThat(accounts.path(0).path("uri").asText()).isEqualTo("sip:u000001@bench.local");
        assertThat(accounts.path(ACCOUNTS - 1).path("user").asText()).isEqualTo("u100000");
        assertThat(accounts)
                .allMatch(account -> account.path("password").asText().equals("secret"));
    }

    @Test
    void withAuthOnlyThePasswordOpens() throws Exception {
        try (DemoRun demo = DemoRun.start(dir, "--bench", "--auth")) {
            assertThat(demo.screen()).contains("password secret, any contact, digest on");
            play("register-refused", rows(i -> user(i) + ";" + Sipp.credentials(user(i), "secrets")), "127.0.0.1:9");
            assertThat(call(new Handsets(demo), user(0), user(1))).isEqualTo(480);
            registeredPhonesAreCalled(
                    "register",
                    i -> user(i) + ";" + secret(i),
                    "caller",
                    i -> user(i) + ";" + secret(i) + ";" + user((i + 1) % USED));
        }
    }

    private void registeredPhonesAreCalled(
            String register, IntFunction<String> registration, String caller, IntFunction<String> call)
            throws InterruptedException {
        String phones = Sipp.free(PHONES);
        Process answering = new Sipp(dir, DOMAIN).answer(phones);
        try {
            play(register, rows(registration), phones);
            play(caller, rows(call), phones);
        } finally {
            answering.destroyForcibly().waitFor();
        }
    }

    private void play(String scenario, List<String> rows, String calledAt) {
        new Sipp(dir, DOMAIN)
                .play(new Sipp.Run(scenario, TARGET, rows, calledAt))
                .succeeded();
    }

    private static List<String> rows(IntFunction<String> row) {
        return IntStream.range(0, USED).mapToObj(row).toList();
    }

    /** Some of all accounts, the first and the last among them. */
    private static String user(int i) {
        return "u%06d".formatted(1 + i * (ACCOUNTS - 1) / (USED - 1));
    }

    private static String secret(int i) {
        return Sipp.credentials(user(i), "secret");
    }

    /** The status that ends a call. */
    private static int call(Handsets handsets, String from, String to) throws IOException {
        try (Phone caller = handsets.phone(new PhoneAccount(from, DOMAIN, "secret"))) {
            SipMessage invite = caller.startCall("sip:" + to + "@" + DOMAIN, new InetSocketAddress(ADDRESS, 5060));
            return caller.outcome(invite, LIMIT).orElseThrow().status();
        }
    }
}
