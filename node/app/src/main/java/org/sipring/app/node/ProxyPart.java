package org.sipring.app.node;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sipring.proxy.CallKeeping;
import org.sipring.proxy.OtherDomains;
import org.sipring.proxy.ProxySettings;
import org.sipring.proxy.defence.DefenceLimits;
import org.sipring.proxy.defence.Rate;
import org.sipring.proxy.edge.EdgeNames;
import org.sipring.proxy.foreign.ForeignPolicy;
import org.sipring.proxy.foreign.Peers;
import org.sipring.proxy.foreign.Trunk;
import org.sipring.proxy.journal.JournalSettings;
import org.sipring.proxy.records.CallRecords;
import org.sipring.proxy.registrar.RegistrarSettings;
import org.sipring.runtime.settings.CallsSettings;
import org.sipring.runtime.settings.DefenceSettings;
import org.sipring.runtime.settings.ForeignSettings;
import org.sipring.runtime.settings.Settings;
import org.sipring.runtime.settings.SipSettings;
import org.sipring.runtime.settings.TrunkSettings;
import org.sipring.sip.SipUri;
import org.sipring.sip.transport.NetworkSettings;
import org.sipring.sip.transport.Origins;
import org.sipring.sip.transport.Transport;

/** Turns the operator's settings into the proxy's own. */
final class ProxyPart {
    private ProxyPart() {}

    static CallKeeping keeping(CallsSettings calls, CallRecords records) {
        return new CallKeeping(
                new JournalSettings(calls.journalBytes(), calls.journalAge()),
                records,
                calls.longest(),
                CallKeeping.callsFor(Runtime.getRuntime().maxMemory()));
    }

    static ProxySettings settings(
            Settings settings, InetAddress address, String domain, List<InetSocketAddress> resolvers) {
        SipSettings sip = settings.sip();
        ProxySettings usual = ProxySettings.usual(address.getHostAddress());
        return new ProxySettings(
                network(sip, address, domain),
                usual.stack(),
                sip.recordRoute() == SipSettings.RecordRoute.NAME ? EdgeNames.Style.NAME : EdgeNames.Style.ADDRESS,
                new ProxySettings.Users(
                        sip.authentication() == SipSettings.Authentication.DIGEST,
                        DomainsPart.algorithms(sip.algorithms()),
                        sip.authInt(),
                        sip.anyContact(),
                        DomainsPart.hosted(sip)),
                registrar(usual.registrar(), sip),
                usual.ringing(),
                sip.historyInfo(),
                sip.natPings(),
                sip.tls()
                        .certificates()
                        .map(folder ->
                                new ProxySettings.Certificates(folder, sip.tls().clientCa())),
                new OtherDomains(policy(sip.foreign()), resolvers, sip.foreign().cas()),
                defence(sip));
    }

    private static DefenceLimits defence(SipSettings sip) {
        DefenceSettings written = sip.defence();
        DefenceSettings.Ban ban = written.ban();
        Stream<String> trunks = sip.foreign().trunks().stream().flatMap(trunk -> trunk.addresses().stream());
        return new DefenceLimits(
                Rate.perSecond(written.rate(), written.burst()),
                Rate.perSecond(written.accountRate(), written.accountBurst()),
                new DefenceLimits.Bans(ban.after(), ban.within(), ban.time()),
                Peers.of(Stream.concat(written.allow().stream(), trunks).toList()));
    }

    private static ForeignPolicy policy(ForeignSettings foreign) {
        return new ForeignPolicy(
                Peers.of(foreign.outbound()),
                Peers.of(foreign.inbound()),
                foreign.trunks().stream().map(ProxyPart::trunk).toList());
    }

    private static Trunk trunk(TrunkSettings trunk) {
        return new Trunk(
                trunk.name(),
                Peers.of(trunk.addresses()),
                trunk.domain().map(domain -> domain.toLowerCase(Locale.ROOT)),
                trunk.transports().stream()
                        .map(name -> Transport.valueOf(name.toUpperCase(Locale.ROOT)))
                        .collect(Collectors.toSet()),
                SipUri.parse(trunk.server()).orElseThrow(),
                Pattern.compile(trunk.numbers()),
                Set.copyOf(trunk.headers()));
    }

    private static NetworkSettings network(SipSettings sip, InetAddress address, String domain) {
        int cores = Math.min(Runtime.getRuntime().availableProcessors(), SipSettings.MAX_UDP_LOOPS);
        int loops = sip.udpLoops() == 0 ? cores : sip.udpLoops();
        return new NetworkSettings(
                address.getHostAddress(),
                sip.port(),
                sip.nodesPort(),
                sip.nodesPort(),
                loops,
                limits(sip),
                Map.of(
                        Transport.TLS, sip.tls().port(),
                        Transport.WS, sip.web().port(),
                        Transport.WSS, sip.web().securePort()),
                new Origins(sip.web().origins(), domain));
    }

    private static NetworkSettings.Limits limits(SipSettings sip) {
        NetworkSettings.Limits usual = NetworkSettings.Limits.DEFAULT;
        return new NetworkSettings.Limits(
                sip.maxMessageBytes(),
                usual.connections(),
                usual.connectionsPerAddress(),
                usual.greeting(),
                usual.idle(),
                usual.pending());
    }

    private static RegistrarSettings registrar(RegistrarSettings usual, SipSettings sip) {
        return new RegistrarSettings(
                sip.expires().min(),
                sip.expires().usual(),
                sip.expires().max(),
                shorter(usual.natted(), sip),
                usual.contacts(),
                sip.expires().spread());
    }

    private static Duration shorter(Duration natted, SipSettings sip) {
        Duration longest = sip.expires().max();
        return natted.compareTo(longest) > 0 ? longest : natted;
    }
}
