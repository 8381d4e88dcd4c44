package org.sipring.provisioning.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people type: curl proves itself by a certificate and by digest, and believes the node's certificate. */
@Tag("acceptance")
class CurlTest {
    private static final String ALICE = "alice:secret of alice@sipring.test";

    @TempDir
    Path folder;

    private Platform platform;

    @BeforeEach
    void start() throws Exception {
        platform = new Platform(folder);
        platform.issue("ops", "operator");
    }

    @AfterEach
    void stop() throws Exception {
        platform.close();
    }

    private String curl(String target, String... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(List.of("curl", "-sS", "--noproxy", "*", "-w", " %{http_code}", "--cacert"));
        command.add(platform.identityOf("n1").resolve("ca.crt").toString());
        command.addAll(List.of(arguments));
        command.add("https://" + platform.authority() + target);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private String[] certificate(String... more) {
        Path ops = platform.identityOf("ops");
        List<String> all = new ArrayList<>(List.of(
                "--cert",
                ops.resolve("node.crt").toString(),
                "--key",
                ops.resolve("node.key").toString()));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    @Test
    void anOperatorComesWithACertificate() throws Exception {
        assertThat(curl("/v1/domains", certificate())).contains("other.test").endsWith(" 200");
        assertThat(curl("/v1/domains")).endsWith(" 401");
        String created = curl(
                "/v1/domains/sipring.test/accounts/dave",
                certificate("-X", "PUT", "-H", "If-None-Match: *", "--json", "{\"password\": \"x\"}"));
        assertThat(created).contains("dave@sipring.test").endsWith(" 201");
    }

    @Test
    void aSubscriberComesWithAPassword() throws Exception {
        String[] change = {
            "--digest", "-u", ALICE, "-X", "PATCH", "-H", "Content-Type: application/merge-patch+json", "-d"
        };
        List<String> arguments = new ArrayList<>(List.of(change));
        arguments.add("{\"doNotDisturb\": true}");
        assertThat(curl(Platform.ALICE, arguments.toArray(String[]::new)))
                .contains("\"doNotDisturb\":true")
                .endsWith(" 200");
        assertThat(curl(Platform.BOB, "--digest", "-u", ALICE)).endsWith(" 403");
        assertThat(curl(Platform.ALICE, "--digest", "-u", "alice:guess")).endsWith(" 401");
    }

    @Test
    void aLongImportIsAnnouncedFirst() throws Exception {
        Path rows = folder.resolve("rows.csv");
        StringBuilder text = new StringBuilder("username,password\n");
        for (int i = 0; i < 100_000; i++) {
            text.append('u').append(i).append(",secret\n");
        }
        Files.writeString(rows, text);
        String report = curl(
                "/v1/domains/sipring.test/import",
                certificate("-H", "Content-Type: text/csv", "--data-binary", "@" + rows));
        assertThat(report).contains("\"created\":100000").endsWith(" 200");
    }
}
