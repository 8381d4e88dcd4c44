package org.sipring.proxy.registrar;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import org.sipring.api.NodeId;
import org.sipring.proxy.edge.FlowRef;
import org.sipring.sip.ParseResult;
import org.sipring.sip.SipMessage;
import org.sipring.sip.transport.Transport;

/** Alice's phone: writes REGISTER requests. */
final class Phone {
    static final String AOR = "alice@sipring.test";
    static final NodeId N1 = new NodeId("n1");
    static final FlowRef FLOW = flow(N1);

    private Phone() {}

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
