package org.sipring.runtime.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CallsSettingsTest {
    static final CallsSettings USUAL =
            new CallsSettings(8 << 20, Duration.ofHours(1), 64 << 20, 16, Duration.ofDays(1));

    @TempDir
    Path folder;

    @Test
    void defaults() throws Exception {
        assertThat(Written.defaults().sip().calls()).isEqualTo(USUAL);
    }

    @Test
    void everyKeyIsRead() throws Exception {
        assertThat(new Written(folder)
                        .read(
                                "sip.calls { journal-size = 0, journal-age = 1d, record-file-size = 1MiB, record-files = 0, longest = 2h }")
                        .sip()
                        .calls())
                .isEqualTo(new CallsSettings(0, Duration.ofDays(1), 1 << 20, 0, Duration.ofHours(2)));
    }

    @Test
    void refusals() throws Exception {
        assertThat(new Written(folder)
                        .shortMistakes(
                                "sip.calls.journal-size = 2GiB",
                                "sip.calls.journal-age = 8d",
                                "sip.calls.record-file-size = 1KiB",
                                "sip.calls.record-files = -1",
                                "sip.calls.longest = 1s"))
                .containsExactly(
                        "sip.calls.journal-size (node.conf:1): 2147483648 bytes is out of range: use 0 to 1073741824",
                        "sip.calls.journal-age (node.conf:2): 691200s is out of range: use 60s to 604800s",
                        "sip.calls.record-file-size (node.conf:3): 1024 bytes is out of range: use 1048576 to 1073741824",
                        "sip.calls.record-files (node.conf:4): -1 is out of range: use 0 to 10000",
                        "sip.calls.longest (node.conf:5): 1s is out of range: use 60s to 2592000s");
    }
}
