package org.sipring.proxy.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sipring.api.NodeId;
import org.sipring.sip.NameAddr;
import org.sipring.sip.SipUri;
import org.sipring.sip.transport.Transport;

/** Routes: whoever wrote one, and whoever has read it before, it says the same to its own call, and nothing to others. */
final class EdgeRoutesTest {
    private static final NodeId NODE = new NodeId("n1");
    private static final InetSocketAddress HERE = new InetSocketAddress("192.0.2.1", 5060);
    private static final InetSocketAddress PHONE = new InetSocketAddress("192.0.2.7", 5060);
    private static final Bond CALL = new Bond("call-1@192.0.2.7", "a");
    private static final List<Bond> BY_CALLEE = List.of(new Bond(CALL.callId(), "b"), CALL);
    private static final Edge EDGE =
            new Edge("alice@sipring.test", 5, 1, new FlowRef(NODE, 1, Transport.UDP, PHONE, 0));

    private final TestKeys keys = new TestKeys();
    private final EdgeRoutes writer = routes();
    private final EdgeRoutes reader = routes();

    private EdgeRoutes routes() {
        return new EdgeRoutes(new EdgeNames("sipring.test", EdgeNames.Style.NAME), keys);
    }

    private String written(Bond bond) {
        return writer.to(EDGE, bond, HERE, false);
    }

    private static NameAddr shown(String route) {
        return NameAddr.parse(route).orElseThrow();
    }

    @Test
    void aRouteIsReadByWhoWroteItAndByOthersAndAgain() {
        NameAddr route = shown(written(CALL));
        for (EdgeRoutes node : List.of(writer, reader, reader)) {
            assertThat(node.side(route, List.of(CALL))).contains(Party.phone(EDGE));
            assertThat(node.side(route, BY_CALLEE)).contains(Party.phone(EDGE));
        }
    }

    @Test
    void aRouteThatLeadsAbroadIsReadByWhoWroteItAndByOthersAndAgain() {
        NameAddr route = shown(writer.abroad(Party.abroad("example.com"), CALL, NODE, HERE, Transport.UDP, false));
        for (EdgeRoutes node : List.of(writer, reader, reader)) {
            assertThat(node.side(route, BY_CALLEE)).contains(Party.abroad("example.com"));
        }
    }

    @Test
    void whoHasReadARouteReadsItForNoOtherCall() {
        NameAddr route = shown(written(CALL));
        List<Bond> other = List.of(new Bond("call-2@192.0.2.7", "a"), new Bond("call-2@192.0.2.7", "b"));
        for (EdgeRoutes node : List.of(writer, reader)) {
            assertThat(node.side(route, List.of(CALL))).isPresent();
            assertThat(node.side(route, other)).isEmpty();
            assertThat(node.side(route, List.of(CALL))).isPresent();
        }
    }

    @Test
    void whoHasReadARouteReadsNoneThatIsAlmostTheSame() {
        String route = written(CALL);
        assertThat(writer.side(shown(route), List.of(CALL))).isPresent();
        int start = "<sip:".length();
        for (int i = start; i < route.indexOf('@') - 1; i++) {
            char other = route.charAt(i) == 'A' ? 'B' : 'A';
            assertThat(writer.side(shown(route.substring(0, i) + other + route.substring(i + 1)), List.of(CALL)))
                    .isEmpty();
        }
    }

    @Test
    void aRouteIsReadHoweverAPhoneWritesItsToken() {
        String route = written(CALL);
        String escaped = route.replace(":A", ":%41");
        assertThat(escaped).isNotEqualTo(route);
        assertThat(reader.side(shown(escaped), List.of(CALL))).contains(Party.phone(EDGE));
    }

    @Test
    void aRouteIsReadUntilItsKeyIsThrownAway() {
        NameAddr route = shown(written(CALL));
        assertThat(reader.side(route, List.of(CALL))).isPresent();
        keys.add(2);
        assertThat(writer.side(route, List.of(CALL))).isPresent();
        keys.all.remove(1);
        assertThat(writer.side(route, List.of(CALL))).isEmpty();
        assertThat(reader.side(route, List.of(CALL))).isEmpty();
    }

    @Test
    void anyNumberOfRoutesIsRead() {
        List<Bond> calls = IntStream.range(0, 20_000)
                .mapToObj(call -> new Bond("call-" + call, "a"))
                .toList();
        List<String> routes = calls.stream().map(this::written).toList();
        for (int i = 0; i < calls.size(); i++) {
            assertThat(writer.side(shown(routes.get(i)), List.of(calls.get(i)))).isPresent();
        }
    }

    @Test
    void aRequestUriMayBeARoute() {
        SipUri uri = shown(written(CALL)).sipUri().orElseThrow();
        assertThat(writer.side(uri, BY_CALLEE)).contains(Party.phone(EDGE));
        SipUri user = SipUri.of("alice", "sipring.test", -1);
        assertThat(writer.side(user, BY_CALLEE)).isEmpty();
    }
}
