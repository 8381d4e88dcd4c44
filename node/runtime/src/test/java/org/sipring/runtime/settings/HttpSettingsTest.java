package org.sipring.runtime.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpSettingsTest {
    @TempDir
    Path folder;

    @Test
    void defaults() throws Exception {
        assertThat(Written.defaults().http()).isEqualTo(new HttpSettings(HttpSettings.PORT));
    }

    @Test
    void everyKeyIsRead() throws Exception {
        assertThat(new Written(folder).read("http.port = 9000").http()).isEqualTo(new HttpSettings(9000));
    }

    @Test
    void refusals() throws Exception {
        assertThat(new Written(folder).shortMistakes("http.port = -1"))
                .containsExactly("http.port (node.conf:1): -1 is out of range: use 1 to 65535");
    }
}
