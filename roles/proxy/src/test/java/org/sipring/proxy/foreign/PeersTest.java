package org.sipring.proxy.foreign;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PeersTest {
    private final Peers peers =
            Peers.of(List.of("Example.com", "*.example.net", "192.0.2.7", "198.51.100.0/23", "2001:db8::/32"));

    private boolean from(String address) throws UnknownHostException {
        return peers.include(InetAddress.getByName(address));
    }

    @Test
    void aDomainIsItselfAlone() {
        assertThat(peers.name("example.com")).isTrue();
        assertThat(peers.name("sub.example.com")).isFalse();
        assertThat(peers.name("badexample.com")).isFalse();
    }

    @Test
    void aStarIsAllThatIsBelow() {
        assertThat(peers.name("a.example.net")).isTrue();
        assertThat(peers.name("a.b.example.net")).isTrue();
        assertThat(peers.name("example.net")).isFalse();
        assertThat(peers.name("badexample.net")).isFalse();
    }

    @Test
    void whoIsHeldIsListedOrBelowHoweverDeep() {
        assertThat(peers.hold("example.com")).isTrue();
        assertThat(peers.hold("a.sub.example.com")).isTrue();
        assertThat(peers.hold("badexample.com")).isFalse();
        assertThat(peers.hold("a.b.example.net")).isTrue();
        assertThat(peers.hold("example.net")).isFalse();
        assertThat(peers.hold("192.0.2.7")).isTrue();
        assertThat(peers.hold("192.0.2.8")).isFalse();
        assertThat(peers.hold(".".repeat(55_000))).isFalse();
    }

    @Test
    void networksHoldTheirAddresses() throws Exception {
        assertThat(from("192.0.2.7")).isTrue();
        assertThat(from("192.0.2.8")).isFalse();
        assertThat(from("198.51.101.255")).isTrue();
        assertThat(from("198.51.102.0")).isFalse();
        assertThat(from("2001:db8:ffff::1")).isTrue();
        assertThat(from("2001:db9::1")).isFalse();
    }

    @Test
    void addressesThatAreWrittenAsNumbersMustBeListed() {
        assertThat(peers.name("192.0.2.7")).isTrue();
        assertThat(peers.name("[2001:db8::1]")).isTrue();
        Peers all = Peers.of(List.of("*"));
        assertThat(all.name("anything.example")).isTrue();
        assertThat(all.name("192.0.2.7")).isFalse();
        assertThat(all.name("[2001:db8::1]")).isFalse();
    }

    @Test
    void allAddressesCanBeListed() throws Exception {
        assertThat(Peers.of(List.of("0.0.0.0/0")).include(InetAddress.getByName("203.0.113.1")))
                .isTrue();
        assertThat(Peers.NOBODY.include(InetAddress.getByName("203.0.113.1"))).isFalse();
        assertThat(Peers.NOBODY.name("example.com")).isFalse();
    }
}
