package org.sipring.sip.locate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.sipring.sip.SipUri;
import org.sipring.testkit.SimChance;

/** RFC 3263 section 4: which servers a client tries for a URI, clause by clause. */
final class Rfc3263Section4Test {
    private static final Reach ALL = new Reach(List.of(Protocol.TLS, Protocol.TCP, Protocol.UDP), false);
    private static final Reach PLAIN = new Reach(List.of(Protocol.UDP, Protocol.TCP), false);
    private static final String[] EXAMPLE = {
        "example.com NAPTR 50 50 s SIPS+D2T _sips._tcp.example.com",
        "example.com NAPTR 90 50 s SIP+D2T _sip._tcp.example.com",
        "example.com NAPTR 100 50 s SIP+D2U _sip._udp.example.com",
        "_sips._tcp.example.com SRV 0 1 5061 server1.example.com",
        "_sip._tcp.example.com SRV 0 1 5060 server1.example.com",
        "_sip._tcp.example.com SRV 1 1 5070 server2.example.com",
        "_sip._udp.example.com SRV 0 1 5060 server1.example.com",
        "server1.example.com A 192.0.2.1",
        "server1.example.com A 192.0.2.11",
        "server2.example.com A 192.0.2.2",
        "server2.example.com AAAA 2001:db8::2",
        "example.com A 192.0.2.9"
    };
    private static final String[] HOST = {"host.example.com A 192.0.2.3"};

    private Zone zone = new Zone();

    private List<String> hops(String uri, Reach reach, String... lines) {
        zone = new Zone(lines);
        return found(uri, reach).hops().stream()
                .map(hop -> hop.protocol()
                        + " "
                        + hop.address().getAddress().getHostAddress()
                        + " "
                        + hop.address().getPort())
                .toList();
    }

    private Located found(String uri, Reach reach) {
        return new Locator(zone, reach, new SimChance(1))
                .locate(SipUri.parse(uri).orElseThrow())
                .toCompletableFuture()
                .join();
    }

    // Section 4.1: selecting a transport protocol.

    @Test
    void theTransportParameterDecides() {
        assertThat(hops("sip:host.example.com;transport=tcp", ALL, HOST)).containsExactly("TCP 192.0.2.3 5060");
        assertThat(hops("sip:host.example.com;transport=udp", ALL, HOST)).containsExactly("UDP 192.0.2.3 5060");
        assertThat(hops("sip:host.example.com;transport=tls", ALL, HOST)).containsExactly("TLS 192.0.2.3 5061");
        assertThat(hops("sip:192.0.2.7;transport=TCP", ALL)).containsExactly("TCP 192.0.2.7 5060");
        assertThat(zone.asked).isEmpty();
    }

    @Test
    void sipsOverTcpIsTlsAndSipsOverUdpIsNothing() {
        assertThat(hops("sips:host.example.com;transport=tcp", ALL, HOST)).containsExactly("TLS 192.0.2.3 5061");
        assertThat(hops("sips:host.example.com;transport=udp", ALL, HOST)).isEmpty();
    }

    @Test
    void aTransportThatNobodyHereSpeaksLeadsNowhere() {
        assertThat(hops("sip:host.example.com;transport=sctp", ALL, HOST)).isEmpty();
        assertThat(hops("sip:host.example.com;transport=tls", PLAIN, HOST)).isEmpty();
        assertThat(hops("sips:host.example.com", PLAIN, HOST)).isEmpty();
        assertThat(hops("sips:192.0.2.7", PLAIN)).isEmpty();
    }

    @Test
    void aNumericAddressMeansUdpAndOfSipsTls() {
        assertThat(hops("sip:192.0.2.7", ALL)).containsExactly("UDP 192.0.2.7 5060");
        assertThat(hops("sip:192.0.2.7:5080", ALL)).containsExactly("UDP 192.0.2.7 5080");
        assertThat(hops("sips:192.0.2.7", ALL)).containsExactly("TLS 192.0.2.7 5061");
        assertThat(zone.asked).isEmpty();
    }

    @Test
    void aPortMeansUdpAndOfSipsTlsWithoutServiceRecords() {
        assertThat(hops("sip:example.com:5080", ALL, EXAMPLE)).containsExactly("UDP 192.0.2.9 5080");
        assertThat(hops("sips:example.com:5081", ALL, EXAMPLE)).containsExactly("TLS 192.0.2.9 5081");
        assertThat(zone.asked).containsExactly("A example.com");
    }

    @Test
    void theDomainsNaptrRecordsDecideInTheirOrder() {
        assertThat(hops("sip:alice@example.com", ALL, EXAMPLE))
                .containsExactly(
                        "TLS 192.0.2.1 5061",
                        "TLS 192.0.2.11 5061",
                        "TCP 192.0.2.1 5060",
                        "TCP 192.0.2.11 5060",
                        "TCP 192.0.2.2 5070",
                        "UDP 192.0.2.1 5060",
                        "UDP 192.0.2.11 5060");
        assertThat(zone.asked).first().isEqualTo("NAPTR example.com");
    }

    @Test
    void whatThisNodeDoesNotSpeakIsDiscarded() {
        assertThat(hops("sip:alice@example.com", PLAIN, EXAMPLE))
                .containsExactly(
                        "TCP 192.0.2.1 5060",
                        "TCP 192.0.2.11 5060",
                        "TCP 192.0.2.2 5070",
                        "UDP 192.0.2.1 5060",
                        "UDP 192.0.2.11 5060");
    }

    @Test
    void sipsDiscardsWhatIsNotSips() {
        assertThat(hops("sips:alice@example.com", ALL, EXAMPLE))
                .containsExactly("TLS 192.0.2.1 5061", "TLS 192.0.2.11 5061");
    }

    @Test
    void aReplacementMayLieInAnotherDomain() {
        assertThat(hops(
                        "sip:example.com",
                        PLAIN,
                        "example.com NAPTR 1 1 s SIP+D2U _sip._udp.provider.net",
                        "_sip._udp.provider.net SRV 0 0 5060 host.example.com",
                        HOST[0]))
                .containsExactly("UDP 192.0.2.3 5060");
    }

    @Test
    void aDomainWhoseNaptrRecordsOfferNothingForUsIsNotGuessedAt() {
        String onlyTls = "example.com NAPTR 1 1 s SIPS+D2T _sips._tcp.example.com";
        assertThat(hops("sip:example.com", PLAIN, onlyTls, "example.com A 192.0.2.9"))
                .isEmpty();
        assertThat(zone.asked).containsExactly("NAPTR example.com");
    }

    @Test
    void naptrRecordsOfOtherServicesSayNothing() {
        String number = "example.com NAPTR 1 1 u E2U+sip .";
        assertThat(hops("sip:example.com", PLAIN, number, "example.com A 192.0.2.9"))
                .containsExactly("UDP 192.0.2.9 5060");
    }

    @Test
    void withoutNaptrRecordsEveryServiceIsAskedFor() {
        assertThat(hops(
                        "sip:example.com",
                        ALL,
                        "_sip._udp.example.com SRV 0 0 5062 host.example.com",
                        "_sip._tcp.example.com SRV 0 0 5063 host.example.com",
                        HOST[0]))
                .containsExactly("TCP 192.0.2.3 5063", "UDP 192.0.2.3 5062");
        assertThat(zone.asked)
                .startsWith("NAPTR example.com", "SRV _sips._tcp.example.com", "SRV _sip._tcp.example.com");
        hops("sips:example.com", ALL, HOST);
        assertThat(zone.asked).doesNotContain("SRV _sip._tcp.example.com", "SRV _sip._udp.example.com");
    }

    @Test
    void withoutAnyServiceRecordUdpIsSpokenAndWithSipsTls() {
        assertThat(hops("sip:host.example.com", ALL, HOST)).containsExactly("UDP 192.0.2.3 5060");
        assertThat(hops("sips:host.example.com", ALL, HOST)).containsExactly("TLS 192.0.2.3 5061");
    }

    // Section 4.2: determining port and IP address.

    @Test
    void maddrIsTheTarget() {
        assertThat(hops("sip:alice@example.com;maddr=192.0.2.7", ALL, EXAMPLE)).containsExactly("UDP 192.0.2.7 5060");
        assertThat(hops("sip:alice@example.com:5080;maddr=host.example.com", ALL, HOST))
                .containsExactly("UDP 192.0.2.3 5080");
    }

    @Test
    void aTransportWithoutPortAsksForItsServiceOnly() {
        assertThat(hops("sip:example.com;transport=tcp", ALL, EXAMPLE))
                .containsExactly("TCP 192.0.2.1 5060", "TCP 192.0.2.11 5060", "TCP 192.0.2.2 5070");
        assertThat(zone.asked).first().isEqualTo("SRV _sip._tcp.example.com");
    }

    @Test
    void aServiceThatIsDecidedlyNotThereIsNotLookedForAtTheHost() {
        assertThat(hops("sip:host.example.com;transport=udp", ALL, "_sip._udp.host.example.com SRV 0 0 0 .", HOST[0]))
                .isEmpty();
    }

    @Test
    void aNodeThatSpeaksIpv6AsksForIpv6() {
        Reach ipv6 = new Reach(List.of(Protocol.UDP), true);
        assertThat(hops("sip:server2.example.com:5060", ipv6, EXAMPLE))
                .containsExactly("UDP 2001:db8:0:0:0:0:0:2 5060");
        assertThat(hops("sip:[2001:db8::7]", ipv6)).containsExactly("UDP 2001:db8:0:0:0:0:0:7 5060");
        assertThat(hops("sip:192.0.2.7", ipv6)).isEmpty();
        assertThat(hops("sip:[2001:db8::7]", PLAIN)).isEmpty();
    }

    @Test
    void aNameThatIsNotThereHasNoServers() {
        assertThat(hops("sip:alice@nowhere.example", ALL)).isEmpty();
    }

    // Section 4.3 and RFC 3261 section 18.1.1.

    @Test
    void aServerThatDnsCannotTellOfIsLeftOutAsLongAsThereIsAnother() {
        assertThat(hops(
                        "sip:example.com;transport=udp",
                        PLAIN,
                        "_sip._udp.example.com SRV 0 0 5060 lost.example.com",
                        "_sip._udp.example.com SRV 1 0 5060 host.example.com",
                        "lost.example.com FAILS",
                        HOST[0]))
                .containsExactly("UDP 192.0.2.3 5060");
        assertThatThrownBy(() -> hops("sip:lost.example.com:5060", PLAIN, "lost.example.com FAILS"))
                .hasMessageContaining("no answer");
        assertThatThrownBy(() -> hops("sip:lost.example.com", PLAIN, "lost.example.com FAILS"))
                .hasMessageContaining("no answer");
    }

    @Test
    void aLargeRequestGoesOverTcpFirstUnlessTheUriAsksForUdp() {
        zone = new Zone(HOST);
        Located open = found("sip:host.example.com", PLAIN);
        assertThat(open.forSize(1_300)).extracting(NextHop::protocol).containsExactly(Protocol.UDP);
        assertThat(open.forSize(1_301)).extracting(NextHop::protocol).containsExactly(Protocol.TCP, Protocol.UDP);
        assertThat(found("sip:host.example.com;transport=udp", PLAIN).forSize(1_301))
                .extracting(NextHop::protocol)
                .containsExactly(Protocol.UDP);
    }

    @Test
    void whatAStrangersZoneMayCostIsBounded() {
        Stream<String> many = IntStream.range(5000, 5100)
                .mapToObj(port -> "_sip._udp.example.com SRV 0 0 " + port + " host.example.com");
        assertThat(hops(
                        "sip:example.com;transport=udp",
                        PLAIN,
                        Stream.concat(many, Stream.of(HOST)).toArray(String[]::new)))
                .hasSize(8);
        Stream<String> addresses =
                IntStream.range(0, 12).mapToObj(i -> "host" + i % 3 + ".example.com A 192.0.2." + (i + 1));
        Stream<String> servers =
                IntStream.range(0, 3).mapToObj(i -> "_sip._udp.example.com SRV 0 0 5060 host" + i + ".example.com");
        assertThat(hops(
                        "sip:example.com;transport=udp",
                        PLAIN,
                        Stream.concat(addresses, servers).toArray(String[]::new)))
                .hasSize(8);
    }
}
