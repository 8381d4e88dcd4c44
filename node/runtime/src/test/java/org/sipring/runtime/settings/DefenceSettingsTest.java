package org.sipring.runtime.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DefenceSettingsTest {
    static final DefenceSettings DEFAULT = new DefenceSettings(
            200,
            1_000,
            20,
            100,
            new DefenceSettings.Ban(20, Duration.ofMinutes(5), Duration.ofHours(1)),
            List.of("127.0.0.0/8", "::1"));

    @TempDir
    Path folder;

    @Test
    void defaults() throws Exception {
        assertThat(Written.defaults().sip().defence()).isEqualTo(DEFAULT);
    }

    @Test
    void everyKeyIsRead() throws Exception {
        assertThat(new Written(folder)
                        .read("sip.defence { rate = 1, burst = 2, account-rate = 3, account-burst = 4,"
                                + " ban-after = 5, ban-within = 6s, ban-time = 0s,"
                                + " allow = [ 192.0.2.0/24, \"2001:db8::/32\" ] }")
                        .sip()
                        .defence())
                .isEqualTo(new DefenceSettings(
                        1,
                        2,
                        3,
                        4,
                        new DefenceSettings.Ban(5, Duration.ofSeconds(6), Duration.ZERO),
                        List.of("192.0.2.0/24", "2001:db8::/32")));
    }

    @Test
    void refusals() throws Exception {
        assertThat(new Written(folder)
                        .shortMistakes(
                                "sip.defence.rate = 0",
                                "sip.defence.burst = 100001",
                                "sip.defence.account-rate = some",
                                "sip.defence.account-burst = -1",
                                "sip.defence.ban-after = 0",
                                "sip.defence.ban-within = 2d",
                                "sip.defence.ban-time = soon",
                                "sip.defence.allow = [ example.com, 192.0.2.1 ]"))
                .containsExactly(
                        "sip.defence.rate (node.conf:1): 0 is out of range: use 1 to 100000",
                        "sip.defence.burst (node.conf:2): 100001 is out of range: use 1 to 100000",
                        "sip.defence.account-rate (node.conf:3): it is a STRING, not a NUMBER: write a number",
                        "sip.defence.account-burst (node.conf:4): -1 is out of range: use 1 to 100000",
                        "sip.defence.ban-after (node.conf:5): 0 is out of range: use 1 to 10000",
                        "sip.defence.ban-within (node.conf:6): 172800s is out of range: use 1s to 86400s",
                        "sip.defence.ban-time (node.conf:7): No number in duration value 'soon': write it like 30s or 5m",
                        "sip.defence.allow (node.conf:8): 'example.com' is none of these: write addresses and networks");
    }
}
