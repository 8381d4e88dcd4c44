package org.sipring.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** RFC 5923 section 8: Kamailio, which writes {@code alias}, opens a connection, and the node calls its domain over it. */
@Tag("acceptance")
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class Rfc5923Test {
    private static final String ANSWERS = ";answermode=auto";

    private final Neighbourhood all;

    Rfc5923Test(@TempDir Path dir) throws IOException {
        all = new Neighbourhood(dir, "-A", "WITH_ALIAS");
    }

    @AfterAll
    void stop() {
        all.close();
    }

    /** The node's connections by TLS to and from Kamailio, as the kernel lists them. */
    private List<String> connections() {
        return all.output("ss", "-Htn", "state", "established", "( sport = :5061 or dport = :5061 )")
                // Sockets for both versions of IP show an IPv4 address as one of IPv6.
                .replaceAll("\\[::ffff:([0-9.]+)]", "$1")
                .lines()
                .map(line -> line.strip().split("\\s+"))
                .filter(columns -> columns[2].startsWith("127.0.0.11:") && columns[3].startsWith("127.0.0.41:"))
                .map(columns -> columns[2] + ' ' + columns[3])
                .toList();
    }

    @Test
    @Order(1)
    void aDomainIsCalledOverTheConnectionThatItOpened() {
        assertThat(connections()).isEmpty();
        String dial = "/dial sip:" + Users.name(0) + "@sipring.test;transport=tls";
        try (Baresip alice = all.alice(ANSWERS)) {
            alice.says("200 OK");
            try (Baresip carol = all.carol("secure.test", "", dial)) {
                carol.says("Call established");
            }
            alice.says("session closed");
            assertThat(alice.said())
                    .contains("Via: SIP/2.0/TLS 127.0.0.41:5061")
                    .contains(";alias");
        }
        List<String> opened = connections();
        assertThat(opened).singleElement().asString().startsWith("127.0.0.11:5061 ");
        try (Baresip carol = all.carol("secure.test", ANSWERS)) {
            carol.says("200 OK");
            try (Baresip alice = all.alice("", "/dial sip:carol@secure.test")) {
                alice.says("Call established");
                carol.says("Call established");
                assertThat(carol.said()).contains("Via: SIP/2.0/TLS 127.0.0.11:5061");
            }
            carol.says("session closed");
        }
        assertThat(connections()).isEqualTo(opened);
    }

    /** RFC 5923 section 8.2: at the same address and port, but by another name. */
    @Test
    @Order(2)
    void anotherDomainIsNotCalledOverIt() {
        assertThat(connections()).as("the connection is still open").hasSize(1);
        try (Baresip alice = all.alice("", "/dial sip:carol@wrong.test")) {
            // Kamailio would refuse the call with 403.
            alice.says("SIP/2.0 502 Bad Gateway");
        }
        assertThat(all.log()).contains("its certificate is that of secure.test, not of wrong.test");
    }
}
