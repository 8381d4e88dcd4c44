package org.sipring.runtime.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProvisioningSettingsTest {
    @TempDir
    Path folder;

    @Test
    void defaults() throws Exception {
        assertThat(Written.defaults().provisioning()).isEqualTo(new ProvisioningSettings(ProvisioningSettings.PORT));
    }

    @Test
    void everyKeyIsRead() throws Exception {
        assertThat(new Written(folder).read("provisioning.port = 8443").provisioning())
                .isEqualTo(new ProvisioningSettings(8443));
    }

    @Test
    void refusals() throws Exception {
        assertThat(new Written(folder).shortMistakes("provisioning.port = 0"))
                .containsExactly("provisioning.port (node.conf:1): 0 is out of range: use 1 to 65535");
        assertThat(new Written(folder).shortMistakes("provisioning.port = 9464"))
                .singleElement()
                .asString()
                .startsWith("provisioning.port (node.conf:1): 9464 is the port of http.port too: ");
    }
}
