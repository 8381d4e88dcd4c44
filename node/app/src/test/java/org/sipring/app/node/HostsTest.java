package org.sipring.app.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.sipring.app.process.CommandFailure;
import org.sipring.runtime.settings.HostPort;

final class HostsTest {
    @Test
    void anAddressIsTakenAsItIs() {
        assertThat(Hosts.address("dns.primary", new HostPort("192.0.2.53", 5300)))
                .hasToString("/192.0.2.53:5300");
    }

    @Test
    void anUnknownNameIsToldWithItsKeyAndWhatToDo() {
        // Two dots in a row: no resolver is asked for it.
        assertThatThrownBy(() -> Hosts.address("dns.primary", "no..name"))
                .isInstanceOf(CommandFailure.class)
                .hasMessage("dns.primary: the system's resolver does not know 'no..name': write an IP address there, or"
                        + " mend /etc/resolv.conf or /etc/hosts");
    }
}
