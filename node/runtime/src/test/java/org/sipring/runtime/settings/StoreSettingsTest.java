package org.sipring.runtime.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreSettingsTest {
    @TempDir
    Path folder;

    @Test
    void defaults() throws Exception {
        assertThat(Written.defaults().store()).isEqualTo(new StoreSettings(true, 7610));
    }

    @Test
    void everyKeyIsRead() throws Exception {
        assertThat(new Written(folder)
                        .read("store { durable = false, port = 7611 }")
                        .store())
                .isEqualTo(new StoreSettings(false, 7611));
    }

    @Test
    void refusals() throws Exception {
        assertThat(new Written(folder).shortMistakes("store.port = 0", "store.durable = 3"))
                .containsExactly(
                        "store.durable (node.conf:2): it is a NUMBER, not a BOOLEAN: write true or false",
                        "store.port (node.conf:1): 0 is out of range: use 1 to 65535");
    }

    @Test
    void itsPortIsItsOwn() throws Exception {
        assertThat(new Written(folder).shortMistakes("store.port = 7600"))
                .containsExactly("store.port (node.conf:1): 7600 is the port of overlay.port too: the ports of a node"
                        + " must differ, give each its own");
    }
}
