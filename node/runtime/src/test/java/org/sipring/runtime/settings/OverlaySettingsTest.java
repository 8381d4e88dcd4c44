package org.sipring.runtime.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OverlaySettingsTest {
    @TempDir
    Path folder;

    @Test
    void defaults() throws Exception {
        assertThat(Written.defaults().overlay()).isEqualTo(new OverlaySettings(7600, List.of()));
    }

    @Test
    void everyKeyIsRead() throws Exception {
        assertThat(new Written(folder)
                        .read("overlay { port = 7700, seeds = [n1.sipring.test, \"10.0.0.2:7600\"] }")
                        .overlay())
                .isEqualTo(new OverlaySettings(
                        7700, List.of(new HostPort("n1.sipring.test", 7700), new HostPort("10.0.0.2", 7600))));
    }

    @Test
    void refusals() throws Exception {
        assertThat(new Written(folder).shortMistakes("overlay.port = 0", "overlay.seeds = [\"a b\"]"))
                .containsExactly(
                        "overlay.port (node.conf:1): 0 is out of range: use 1 to 65535",
                        "overlay.seeds (node.conf:2): 'a b' is not host:port, such as 192.0.2.1:7600 or"
                                + " [2001:db8::1]:7600");
    }
}
