package org.sipring.runtime.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForeignSettingsTest {
    @TempDir
    Path folder;

    @Test
    void nobodyByDefault() throws Exception {
        assertThat(Written.defaults().sip().foreign()).isEqualTo(ForeignSettings.CLOSED);
    }

    @Test
    void everyKeyIsRead() throws Exception {
        Files.createFile(folder.resolve("cas.pem"));
        assertThat(new Written(folder)
                        .read(
                                "sip.foreign {",
                                "outbound = [ example.com, \"*.example.net\", \"*\", 192.0.2.7 ]",
                                "inbound = [ 192.0.2.0/24, \"2001:db8::/32\", \"2001:db8::7\", a-b.example ]",
                                "trunks = [ { name = carrier, addresses = [ 192.0.2.1 ], server = \"sip:192.0.2.1:5070\",",
                                "numbers = \"[+][0-9]+\", domain = carrier.example, transports = [ tls ], headers = [ Diversion ] } ],",
                                "ca = cas.pem }",
                                "sip.tls.certificates = .")
                        .sip()
                        .foreign())
                .isEqualTo(new ForeignSettings(
                        List.of("example.com", "*.example.net", "*", "192.0.2.7"),
                        List.of("192.0.2.0/24", "2001:db8::/32", "2001:db8::7", "a-b.example"),
                        List.of(new TrunkSettings(
                                "carrier",
                                List.of("192.0.2.1"),
                                Optional.of("carrier.example"),
                                List.of("tls"),
                                "sip:192.0.2.1:5070",
                                "[+][0-9]+",
                                List.of("Diversion"))),
                        Optional.of(folder.resolve("cas.pem"))));
    }

    @Test
    void refusals() throws Exception {
        String instead = " write a domain such as example.com or *.example.com, an address or a network such as"
                + " 192.0.2.0/24, or * for all domains";
        assertThat(new Written(folder)
                        .shortMistakes(
                                "sip.foreign.outbound = [ \"sip:example.com\", good.example, \"300.1.1.1\" ]",
                                "sip.foreign.inbound = [ 192.0.2.0/33, \"exa mple\" ]"))
                .containsExactly(
                        "sip.foreign.outbound (node.conf:1): 'sip:example.com', '300.1.1.1' is none of these:"
                                + instead,
                        "sip.foreign.inbound (node.conf:2): '192.0.2.0/33', 'exa mple' is none of these:" + instead);
        assertThat(new Written(folder).shortMistakes("sip.foreign.inbound = everybody"))
                .containsExactly("sip.foreign.inbound (node.conf:1): it is a STRING, not a LIST: write a list, such as"
                        + " [ one, two ]");
    }

    @Test
    void callsToOthersNeedAuthentication() throws Exception {
        assertThat(new Written(folder).shortMistakes("sip.authentication = none", "sip.foreign.outbound = [ \"*\" ]"))
                .containsExactly("sip.foreign.outbound (node.conf:2): without authentication anybody would call others"
                        + " through this platform: leave it empty, or set sip.authentication = digest");
    }

    @Test
    void refusalsOfTrunks() throws Exception {
        assertThat(new Written(folder)
                        .shortMistakes(
                                "sip.foreign.trunks = [",
                                "{ name = Carrier, addresses = [ example.com ], server = \"192.0.2.1\"",
                                "numbers = \"[\", nummbers = x },",
                                "{ name = b } ]"))
                .containsExactly(
                        "sip.foreign.trunks.nummbers (node.conf:3): there is no such key: use addresses, domain, headers,"
                                + " name, numbers, server, transports",
                        "sip.foreign.trunks.name (node.conf:2): 'Carrier' does not do: write small letters, digits and"
                                + " hyphens",
                        "sip.foreign.trunks.addresses (node.conf:2): 'example.com' is none of these: write addresses"
                                + " and networks",
                        "sip.foreign.trunks.server (node.conf:2): '192.0.2.1' does not do: write it like"
                                + " sip:192.0.2.7:5060;transport=tcp",
                        "sip.foreign.trunks.numbers (node.conf:3): '[' does not do: write a regular expression, such as"
                                + " [+][0-9]+",
                        "sip.foreign.trunks.server: '' does not do: write it like sip:192.0.2.7:5060;transport=tcp");
    }

    @Test
    void refusalsOfCertificates() throws Exception {
        Files.writeString(folder.resolve("cas.pem"), "wrong");
        assertThat(
                        new Written(folder)
                                .shortMistakes(
                                        "sip.foreign.ca = cas.pem",
                                        "sip.foreign.trunks = [ { name = a, domain = \"*.a.example\", server = \"sip:a.example\" },",
                                        "{ name = b, domain = b.example, transports = [ ws ], headers = [ From ], server = \"sip:b.example\" } ]"))
                .containsExactly(
                        "sip.foreign.trunks.domain (node.conf:2): '*.a.example' does not do: write one domain, such as"
                                + " carrier.example",
                        "sip.foreign.trunks.transports (node.conf:3): 'ws' is none of these: write udp, tcp or tls",
                        "sip.foreign.trunks.headers (node.conf:3): 'From' is none of these: write P-Charge-Info,"
                                + " P-Charging-Vector, P-Charging-Function-Addresses, P-Served-User, Diversion,"
                                + " History-Info",
                        "sip.foreign.ca (node.conf:1): cas.pem is not usable: wrong",
                        "sip.foreign.trunks (node.conf:2): a peer is asked for its certificate by who shows its own:"
                                + " name the folder of yours in sip.tls.certificates, or leave 'domain' out");
        assertThat(new Written(folder).shortMistakes("sip.foreign.ca = none.pem"))
                .containsExactly(
                        "sip.foreign.ca (node.conf:1): none.pem is not a file that this process can read: check its name and permissions");
    }

    @Test
    void trunksNeedAuthenticationAndNamesOfTheirOwn() throws Exception {
        String one = "{ name = a, addresses = [ 192.0.2.1 ], server = \"sip:192.0.2.1\" }";
        assertThat(new Written(folder)
                        .shortMistakes(
                                "sip.authentication = none", "sip.foreign.trunks = [ " + one + ", " + one + " ]"))
                .containsExactly(
                        "sip.foreign.trunks (node.conf:2): two of them have the same name: give each its own",
                        "sip.foreign.trunks (node.conf:2): without authentication anybody would call others through this"
                                + " platform: leave it empty, or set sip.authentication = digest");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sip:192.0.2.1:70000",
                "sip:192.0.2.1:0",
                "sip:300.0.2.1",
                "sip:-carrier.example",
                "sip:[2001:db8:::1]",
                "sip:192.0.2.1:5060;transport=sctp"
            })
    void aServerThatCannotBeReachedIsTold(String server) throws Exception {
        String trunk = "{ name = a, addresses = [ 192.0.2.1 ], server = \"" + server + "\" }";
        assertThat(new Written(folder).shortMistakes("sip.foreign.trunks = [ " + trunk + " ]"))
                .containsExactly("sip.foreign.trunks.server (node.conf:1): '" + server
                        + "' does not do: write it like sip:192.0.2.7:5060;transport=tcp");
    }
}
