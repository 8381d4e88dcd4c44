package org.sipring.accounts.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sipring.sip.digest.DigestAlgorithm;

final class DomainCodecTest {
    private static Domain read(String json) {
        return DomainStore.CODEC.decode(json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void whatWasWrittenIsRead() {
        for (Domain domain : List.of(
                new Domain("example.com", List.of(), true),
                new Domain("example.com", List.of(DigestAlgorithm.SHA_256, DigestAlgorithm.MD5), false))) {
            assertThat(DomainStore.CODEC.decode(DomainStore.CODEC.encode(domain)))
                    .isEqualTo(domain);
        }
    }

    @Test
    void documentsAreAsTheyHaveAlwaysBeen() {
        String json = "{\"version\":1,\"name\":\"example.com\",\"algorithms\":[\"SHA-256\",\"MD5\"],\"enabled\":false}";
        Domain domain = new Domain("example.com", List.of(DigestAlgorithm.SHA_256, DigestAlgorithm.MD5), false);
        assertThat(read(json)).isEqualTo(domain);
        assertThat(new String(DomainStore.CODEC.encode(domain), StandardCharsets.UTF_8))
                .isEqualTo(json);
        assertThat(read("{\"version\":1,\"name\":\"example.com\"}"))
                .isEqualTo(new Domain("example.com", List.of(), true));
    }

    @Test
    void aNewerFormatIsNotGuessed() {
        assertThatThrownBy(() -> read("{\"version\":2,\"name\":\"example.com\"}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("update this release");
        assertThatThrownBy(() -> read("example.com")).isInstanceOf(IllegalArgumentException.class);
    }
}
