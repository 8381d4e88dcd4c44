package org.sipring.app.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sipring.app.process.CommandFailure;
import org.sipring.runtime.SystemChance;
import org.sipring.runtime.settings.SipSettings.RecordRoute;

/** What {@code sipring demo --check} does not take for a platform of many nodes. */
final class DemoCheckTest {
    @Test
    void aCallWithinOneNodeIsNotEnoughWhereThereAreMore() {
        InetSocketAddress only = new InetSocketAddress("127.0.0.11", 5060);
        assertThat(complaint(List.of(only, new InetSocketAddress("127.0.0.11", 5070))))
                .contains("DNS names one address alone, 127.0.0.11, for 3 nodes");
    }

    @Test
    void aDomainWithoutAProxyIsSaid() {
        assertThat(complaint(List.of())).contains("DNS names no proxy of sipring.test");
    }

    private static String complaint(List<InetSocketAddress> proxies) {
        DemoPlan plan = DemoPlan.platform(Path.of("nowhere"), 3, RecordRoute.NAME);
        PrintStream out = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        DemoCheck check = new DemoCheck(plan, (host, port) -> proxies, new SystemChance(), out);
        return String.valueOf(catchThrowableOfType(CommandFailure.class, () -> check.run(List.of()))
                .getMessage());
    }
}
