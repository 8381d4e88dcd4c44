package org.sipring.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ThreadUseTest {
    private static final String TIMES = " S 1 1 1 0 -1 0 0 0 0 0 30 12 0 0 20 0 44 0 1";

    @Test
    void threadsAreToldByWhatTheyAreFor() {
        Map<String, Double> sum = new HashMap<>();
        ThreadUse.add("7 (sip-3-1)" + TIMES, sum);
        ThreadUse.add("8 (sip-3-2)" + TIMES, sum);
        ThreadUse.add("9 (C2 CompilerThre)" + TIMES, sum);
        ThreadUse.add("9 (some) (other)" + TIMES, sum);
        assertThat(sum)
                .containsOnly(
                        Map.entry("SIP loops", 840_000.0),
                        Map.entry("Java compiler", 420_000.0),
                        Map.entry("others", 420_000.0));
    }

    @Test
    void aLambdaIsOfThePackageOfItsClass() {
        assertThat(Profile.packageOf("org.sipring.sip.transaction.NonInviteServer"))
                .isEqualTo("sip.transaction");
        assertThat(Profile.packageOf("org.sipring.runtime.Meter$$Lambda$15+0x00007f51.152"))
                .isEqualTo("runtime");
    }

    @Test
    void whatWasUsedBeforeDoesNotCount() {
        ThreadUse before = new ThreadUse(Map.of("SIP loops", 10.0));
        ThreadUse after = new ThreadUse(Map.of("SIP loops", 15.0, "others", 1.0));
        assertThat(after.since(before).micros()).containsOnly(Map.entry("SIP loops", 5.0), Map.entry("others", 1.0));
    }
}
