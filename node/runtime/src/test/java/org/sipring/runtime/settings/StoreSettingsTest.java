package org.sipring.runtime.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreSettingsTest {
    @TempDir
    Path folder;

    @Test
    void defaults() throws Exception {
        assertThat(Written.defaults().store())
                .isEqualTo(new StoreSettings(true, 7610, new StoreSettings.Copies(Duration.ofDays(1), 7, List.of())));
    }

    @Test
    void everyKeyIsRead() throws Exception {
        Path reader = Files.createFile(folder.resolve("admin.crt"));
        assertThat(new Written(folder)
                        .read("store { durable = false, port = 7611, backup { every = 6 h, keep = 0, readers = [\""
                                + reader + "\"] } }")
                        .store())
                .isEqualTo(new StoreSettings(
                        false, 7611, new StoreSettings.Copies(Duration.ofHours(6), 0, List.of(reader))));
    }

    @Test
    void refusals() throws Exception {
        assertThat(new Written(folder).shortMistakes("store.port = 0", "store.durable = 3"))
                .containsExactly(
                        "store.durable (node.conf:2): it is a NUMBER, not a BOOLEAN: write true or false",
                        "store.port (node.conf:1): 0 is out of range: use 1 to 65535");
        assertThat(new Written(folder)
                        .shortMistakes("store.backup { every = 1s, keep = -1", "readers = [ \"nowhere.crt\" ] }"))
                .containsExactly(
                        "store.backup.every (node.conf:1): 1s is out of range: use 60s to 2592000s",
                        "store.backup.keep (node.conf:1): -1 is out of range: use 0 to 1000",
                        "store.backup.readers (node.conf:2): 'nowhere.crt' is none of these: write whole paths of"
                                + " certificate files that can be read");
    }

    @Test
    void itsPortIsItsOwn() throws Exception {
        assertThat(new Written(folder).shortMistakes("store.port = 7600"))
                .containsExactly("store.port (node.conf:1): 7600 is the port of overlay.port too: the ports of a node"
                        + " must differ, give each its own");
    }
}
