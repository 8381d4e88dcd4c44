package org.sipring.runtime.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostedSettingsTest {
    @TempDir
    Path folder;

    @Test
    void noneByDefault() throws Exception {
        assertThat(Written.defaults().sip().hosted()).isEmpty();
        assertThat(Written.defaults().domains("sipring.test")).containsExactly("sipring.test");
    }

    @Test
    void everyKeyIsRead() throws Exception {
        Settings settings = new Written(folder)
                .read("sip.domains = [ { name = example.org }, { name = a.example, algorithms = [ SHA-256, MD5 ] } ]");
        assertThat(settings.sip().hosted())
                .containsExactly(
                        new HostedSettings("example.org", List.of()),
                        new HostedSettings("a.example", List.of("SHA-256", "MD5")));
        assertThat(settings.domains("sipring.test"))
                .containsExactlyInAnyOrder("sipring.test", "example.org", "a.example");
    }

    @Test
    void refusals() throws Exception {
        assertThat(new Written(folder)
                        .shortMistakes(
                                "sip.domains = [ { name = Example.org }",
                                "{ name = a.example, algorithms = [ MD4 ] }",
                                "{ name = a.example }",
                                "{ name = sipring.test, alias = b.example } ]"))
                .containsExactly(
                        "sip.domains.name (node.conf:1): 'Example.org' does not do: write a domain in small letters, such"
                                + " as example.org",
                        "sip.domains.algorithms (node.conf:2): 'MD4' is unknown: use MD5, SHA-256, SHA-512-256",
                        "sip.domains.alias (node.conf:4): there is no such key: use algorithms, name",
                        "sip.domains (node.conf:1): a.example stands there twice: leave one of them out",
                        "sip.domains (node.conf:1): sipring.test is the platform's own domain: leave it out");
    }
}
