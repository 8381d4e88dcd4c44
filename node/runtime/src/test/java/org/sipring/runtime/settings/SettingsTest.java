package org.sipring.runtime.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
    @TempDir
    Path folder;

    @Test
    void mistakesOfAllSectionsAreReportedAtOnce() throws Exception {
        assertThat(new Written(folder).shortMistakes("node.wieght = 5", "sip.port = 0", "http.port = 0"))
                .containsExactly(
                        "node.wieght (node.conf:1): there is no such key: did you mean node.weight?",
                        "sip.port (node.conf:2): 0 is out of range: use 1 to 65535",
                        "http.port (node.conf:3): 0 is out of range: use 1 to 65535");
    }

    @Test
    void anUnknownSectionSuggestsTheNearestKey() throws Exception {
        assertThat(new Written(folder).shortMistakes("overlai.port = 5", "\"o.d d\" = 1"))
                .contains("overlai (node.conf:1): there is no such key: did you mean overlay?")
                .hasSize(2);
    }

    @Test
    void aValueInPlaceOfASectionIsRefused() throws Exception {
        assertThat(new Written(folder).shortMistakes("sip = 5060"))
                .containsExactly("sip (node.conf:1): this is a section: write sip { ... }");
        assertThat(new Written(folder).shortMistakes("sip.expires = 30s"))
                .containsExactly("sip.expires (node.conf:1): this is a section: write sip.expires { ... }");
    }

    @Test
    void aFormerNameWorksAndSaysSo() throws Exception {
        Settings settings =
                Settings.read(new Written(folder).source("http.listen = 9000"), Map.of("http.listen", "http.port"));
        assertThat(settings.http().port()).isEqualTo(9000);
        assertThat(settings.warnings())
                .singleElement()
                .asString()
                .startsWith("http.listen (")
                .endsWith("node.conf:1): this key is now called http.port");
    }

    @Test
    void todaysNameWinsOverTheFormerOne() throws Exception {
        Settings settings = Settings.read(
                new Written(folder).source("http.listen = 9000", "http.port = 9001"),
                Map.of("http.listen", "http.port"));
        assertThat(settings.http().port()).isEqualTo(9001);
    }

    @Test
    void aMissingFileIsRefused() {
        Settings.Source source = new Settings.Source(
                Optional.of(folder.resolve("nowhere.conf")),
                Written.SELF,
                folder,
                Written::mistakenLines,
                new Written.MistakenFolder());
        assertThatThrownBy(() -> Settings.read(source))
                .isInstanceOf(BadSettings.class)
                .hasMessageContaining("nowhere.conf cannot be read");
    }

    @Test
    void aMalformedFileIsRefusedWithItsLine() throws Exception {
        assertThat(new Written(folder).shortMistakes("sip {", "port = ", "", "= 3"))
                .singleElement()
                .asString()
                .matches("node\\.conf:\\d is malformed: (?!.*node\\.conf).*[^.]\\. Write KEY = VALUE, .*");
    }

    @Test
    void portsMustDiffer() throws Exception {
        assertThat(new Written(folder).shortMistakes("http.port = 5060"))
                .singleElement()
                .asString()
                .startsWith("http.port (node.conf:1): 5060 is the port of sip.port too: ")
                .contains("must differ", "give each its own");
    }

    @Test
    void eachPortThatIsWrittenTwiceIsToldWithItsLine() throws Exception {
        assertThat(new Written(folder).shortMistakes("sip.nodes-port = 7000", "", "overlay.port = 7000"))
                .satisfiesExactly(
                        first ->
                                assertThat(first).startsWith("sip.nodes-port (node.conf:1): 7000 is the port of overl"),
                        second ->
                                assertThat(second).startsWith("overlay.port (node.conf:3): 7000 is the port of sip.n"));
    }

    @Test
    void mistakesInTheAccountsFileAreReportedWithAllOthers() throws Exception {
        Written written = new Written(folder);
        written.file("accounts", "right", "wrong");
        assertThat(written.shortMistakes("node.accounts-file = accounts", "sip.port = 0"))
                .containsExactly(
                        "sip.port (node.conf:2): 0 is out of range: use 1 to 65535",
                        "node.accounts-file (node.conf:1): accounts: wrong");
    }
}
