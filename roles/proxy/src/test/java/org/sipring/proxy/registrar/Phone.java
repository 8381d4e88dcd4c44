package org.sipring.proxy.registrar;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.sipring.api.NodeId;
import org.sipring.api.Table;
import org.sipring.api.Ticker;
import org.sipring.proxy.edge.EdgeNames;
import org.sipring.proxy.edge.FlowRef;
import org.sipring.proxy.keys.Key;
import org.sipring.proxy.keys.Keys;
import org.sipring.sip.ParseResult;
import org.sipring.sip.SipMessage;
import org.sipring.sip.transport.Transport;
import org.sipring.testkit.SimChance;

/** Alice's phone: writes REGISTER requests. */
final class Phone {
    static final String AOR = "alice@sipring.test";
    static final NodeId N1 = new NodeId("n1");
    static final FlowRef FLOW = flow(N1);

    static final Keys KEYS = new Keys() {
        @Override
        public Key newest() {
            return new Key(7, 0, new byte[32]);
        }

        @Override
        public Optional<Key> find(int id) {
            return Optional.of(newest()).filter(key -> key.id() == id);
        }
    };

    private Phone() {}

    static Registrar registrar(RegistrarSettings settings, Table<Bindings> table, Ticker clock) {
        return registrar(settings, table, clock, EdgeNames.Style.NAME);
    }

    static Registrar registrar(RegistrarSettings settings, Table<Bindings> table, Ticker clock, EdgeNames.Style style) {
        return new Registrar(
                settings,
                table,
                clock::now,
                new SimChance(1),
                new EdgeNames("sipring.test", style),
                new Gruus(KEYS, new SimChance(2)));
    }

    static FlowRef flow(NodeId node) {
        return new FlowRef(node, 7, Transport.UDP, remote("192.0.2.1"), 0);
    }

    static InetSocketAddress remote(String address) {
        try {
            return new InetSocketAddress(InetAddress.getByName(address), 5062);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static SipMessage register(String callId, int cseq, String... lines) {
        String text =
                """
                REGISTER sip:sipring.test SIP/2.0
                Via: SIP/2.0/UDP 192.0.2.1:5062;branch=z9hG4bK%s-%d
                Max-Forwards: 70
                From: <sip:alice@sipring.test>;tag=1
                To: <sip:alice@sipring.test>
                Call-ID: %s
                CSeq: %d REGISTER
                %sContent-Length: 0

                """
                        .formatted(
                                callId, cseq, callId, cseq, lines.length == 0 ? "" : String.join("\n", lines) + "\n");
        byte[] bytes = text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
        return ((ParseResult.Parsed) SipMessage.parse(bytes)).message();
    }
}
