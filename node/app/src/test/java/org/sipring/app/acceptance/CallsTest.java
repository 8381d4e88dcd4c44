package org.sipring.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Many phones on one platform, played by sipp, at proxies found as RFC 3263 says. */
@Tag("acceptance")
@Timeout(400)
final class CallsTest {
    private static final int USERS = 1_000;
    private static final int CALLS = 100;

    @TempDir
    private Path dir = Path.of("");

    @Test
    void aThousandUsersRegisterOverAllNodesAndCallEachOtherAcrossNodes() throws Exception {
        Users.write(dir, USERS);
        try (DemoRun demo = DemoRun.start(dir)) {
            List<String> proxies = proxies();
            assertThat(demo.contract().path("nodes")).hasSameSizeAs(proxies);
            Sipp sipp = new Sipp(dir, Users.DOMAIN);
            String callees = Sipp.free("127.0.0.1");
            register(sipp, proxies, callees);
            Process answering = sipp.answer(callees);
            try {
                call(sipp, proxies);
            } finally {
                answering.destroyForcibly().waitFor();
            }
        }
    }

    private static List<String> proxies() {
        return Dns.srv(Dns.naptr(Users.DOMAIN, "SIP+D2U")).stream()
                .map(srv -> Dns.query(srv.target(), "A").get(0) + ":" + srv.port())
                .toList();
    }

    // One sipp after the other: nodes that have just started may be slower than its first retransmission, which gets a
    // challenge too, and sipp takes the second for an error.
    private static void register(Sipp sipp, List<String> proxies, String callees) {
        for (int i = 0; i < proxies.size(); i++) {
            int slice = i;
            List<String> rows = IntStream.range(0, USERS)
                    .filter(n -> n % proxies.size() == slice)
                    .mapToObj(n -> Users.name(n) + ";" + Users.credentials(n))
                    .toList();
            sipp.play(new Sipp.Run("register", proxies.get(i), rows, callees)).succeeded();
        }
    }

    // The caller registered at proxy i and the callee at the next one.
    private static void call(Sipp sipp, List<String> proxies) {
        int each = proxies.size();
        List<List<String>> rows = new ArrayList<>();
        proxies.forEach(proxy -> rows.add(new ArrayList<>()));
        for (int n = 0; n < CALLS; n++) {
            rows.get(n % each).add(Users.name(n) + ";" + Users.credentials(n) + ";" + Users.name(n + 1));
        }
        for (int i = 0; i < each; i++) {
            sipp.play(new Sipp.Run("caller", proxies.get(i), rows.get(i), "")).succeeded();
        }
    }
}
