package org.sipring.runtime.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sipring.api.RoleName;

class NodeSettingsTest {
    @TempDir
    Path folder;

    @Test
    void defaultsComeFromTheCertificate() throws Exception {
        assertThat(Written.defaults().node())
                .isEqualTo(new NodeSettings(
                        Set.of(RoleName.PROXY, RoleName.OPERATOR),
                        100,
                        "127.0.0.11",
                        Path.of("/etc/sipring/data"),
                        Optional.empty()));
    }

    @Test
    void everyKeyIsRead() throws Exception {
        Written written = new Written(folder);
        written.file("accounts", "alice");
        NodeSettings settings = written.read(
                        "node { roles = [proxy], weight = 200, address = \"2001:db8::1\"",
                        "data-dir = state, accounts-file = accounts }")
                .node();
        assertThat(settings)
                .isEqualTo(new NodeSettings(
                        Set.of(RoleName.PROXY),
                        200,
                        "2001:db8::1",
                        folder.resolve("state"),
                        Optional.of(folder.resolve("accounts"))));
    }

    @Test
    void refusals() throws Exception {
        assertThat(new Written(folder)
                        .shortMistakes(
                                "node.roles = [manager]",
                                "node.weight = 0",
                                "node.address = localhost",
                                "node.accounts-file = nowhere"))
                .containsExactly(
                        "node.roles (node.conf:1): the certificate of n1 does not permit 'manager': take it out,"
                                + " or issue a certificate that does",
                        "node.weight (node.conf:2): 0 is out of range: use 1 to 10000",
                        "node.address (node.conf:3): 'localhost' is not the IP address of a host: write one of this"
                                + " host's, such as 192.0.2.11, without a network's length; or leave the key out",
                        "node.accounts-file (node.conf:4): nowhere is not a file that this process can read: check its"
                                + " name and permissions");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.1/24", "2001:db8::1/64", "10.0.0.256", "10.0.0", "0.0.0.0", "::", "a:b", ""})
    void whatIsNoHostsAddressIsRefused(String text) throws Exception {
        assertThat(new Written(folder).shortMistakes("node.address = \"" + text + "\""))
                .singleElement()
                .asString()
                .contains("'" + text + "' is not the IP address of a host");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.1", "255.255.255.255", "2001:db8::1", "::1", "::ffff:10.0.0.1"})
    void addressesOfHostsAreTaken(String text) throws Exception {
        assertThat(new Written(folder)
                        .read("node.address = \"" + text + "\"")
                        .node()
                        .address())
                .isEqualTo(text);
    }

    @Test
    void anUnknownRoleNamesTheKnownOnes() throws Exception {
        assertThat(new Written(folder).shortMistakes("node.roles = [porxy]"))
                .containsExactly(
                        "node.roles (node.conf:1): 'porxy' is unknown: use ca, manager, operator, provisioning, proxy,"
                                + " store");
    }
}
