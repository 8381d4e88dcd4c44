package org.sipring.accounts.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 1123 section 2.1, RFC 5890 section 2.3.1. */
final class DomainNameTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "example.com",
                "localhost",
                "a.b.c.d.example",
                "3com.example",
                "xn--bcher-kva.example",
                "xn--p1ai",
                "sales.example.org",
                "myproxy.example.org",
                "edge.example.com"
            })
    void hostNamesAreNamesOfDomains(String name) {
        assertThat(DomainName.mistake(name, "example.org")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Example.com",
                "example.com.",
                ".example.com",
                "example..com",
                "-a.example",
                "a-.example",
                "a_b.example",
                "*.example",
                "192.0.2.1",
                "example.1",
                "[2001:db8::1]",
                "bücher.example",
                "exam ple.com",
                "a@example.com",
                "a/b"
            })
    void othersAreNone(String name) {
        assertThat(DomainName.mistake(name, "example.org"))
                .hasValueSatisfying(mistake -> assertThat(mistake).contains("host name in lower case"));
    }

    @Test
    void lengthsHaveBounds() {
        assertThat(DomainName.is("a".repeat(63) + ".example")).isTrue();
        assertThat(DomainName.is("a".repeat(64) + ".example")).isFalse();
        String most = "a.".repeat(125) + "abc";
        assertThat(DomainName.is(most)).isTrue();
        assertThat(DomainName.is("a" + most)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"proxy.example.org", "edge.example.org", "n1.edge.example.org", "a.n1.edge.example.org"})
    void namesThatLeadToNodesAreTaken(String name) {
        assertThat(DomainName.mistake(name, "example.org"))
                .hasValueSatisfying(mistake -> assertThat(mistake).contains("platform's nodes"));
    }
}
