package org.sipring.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sipring.runtime.settings.SipSettings.RecordRoute;

final class DemoJsonTest {
    private static final int ROUNDS = 300;

    @TempDir
    private Path dir = Path.of("");

    @Test
    void isAbsentUntilItIsWritten() throws IOException {
        assertThat(DemoJson.read(new DemoLayout(dir))).isEmpty();
    }

    @Test
    void programsFindItCompleteAlsoWhileItIsRewritten() throws Exception {
        DemoPlan plan = DemoPlan.platform(dir, 3, RecordRoute.NAME);
        List<DemoAccount> accounts = IntStream.range(0, 300)
                .mapToObj(n -> new DemoAccount("u" + n, plan.domain(), "secret"))
                .toList();
        Children children = new Children(plan.layout());
        DemoJson.write(plan, children, accounts);
        CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> rewrite(plan, children, accounts));
        ObjectMapper json = new ObjectMapper();
        do {
            assertThat(json.readTree(plan.layout().json().toFile()).path("accounts"))
                    .hasSize(accounts.size());
        } while (!writing.isDone());
        writing.join();
    }

    private static void rewrite(DemoPlan plan, Children children, List<DemoAccount> accounts) {
        try {
            for (int i = 0; i < ROUNDS; i++) {
                DemoJson.write(plan, children, accounts);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
