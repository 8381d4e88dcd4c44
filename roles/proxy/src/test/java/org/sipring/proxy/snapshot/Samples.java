package org.sipring.proxy.snapshot;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.sipring.api.NodeId;
import org.sipring.api.Stamp;
import org.sipring.proxy.edge.FlowRef;
import org.sipring.proxy.registrar.Binding;
import org.sipring.proxy.registrar.Bindings;
import org.sipring.proxy.registrar.Origin;
import org.sipring.sip.transport.Transport;

/** Bindings as phones leave them. */
final class Samples {
    static final NodeId N1 = new NodeId("n1");

    private Samples() {}

    static Bindings bound(String user, Instant at, Duration life) {
        return new Bindings(List.of(binding(user, at, at.plus(life), false)), Optional.empty());
    }

    static Bindings removed(String user, Instant at, Duration memory) {
        return new Bindings(List.of(binding(user, at, at.plus(memory), true)), Optional.empty());
    }

    static Binding binding(String user, Instant at, Instant until, boolean removed) {
        FlowRef flow = new FlowRef(N1, 7, Transport.TCP, new InetSocketAddress("192.0.2.1", 5062), 9);
        return new Binding(
                "sip:" + user + "@192.0.2.1:5062",
                ";q=0.5",
                "call-" + user,
                3,
                until.toEpochMilli(),
                new Origin(flow, removed ? List.of() : List.of("<sip:hop;lr>"), removed ? "" : "phone"),
                new Stamp(at.toEpochMilli(), N1),
                removed);
    }
}
