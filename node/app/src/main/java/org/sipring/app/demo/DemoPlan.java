package org.sipring.app.demo;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.sipring.api.NodeId;
import org.sipring.app.process.CommandFailure;
import org.sipring.runtime.settings.SipSettings.RecordRoute;

/**
 * What a demo shall be.
 *
 * @param layout where its files are
 * @param domain the SIP domain
 * @param nodes the nodes, in the order of their start
 * @param recordRoute what Record-Route names
 * @param bench whether this is the target of load tests
 * @param digest whether phones must authenticate
 */
record DemoPlan(
        DemoLayout layout,
        String domain,
        List<DemoNode> nodes,
        RecordRoute recordRoute,
        boolean bench,
        boolean digest) {
    /** The name server's port on 127.0.0.1, as the demo's contract says. */
    private static final int DNS_PORT = 5300;

    private static final int MOST_NODES = 200;

    /**
     * A node and its loopback address.
     *
     * @param id its name
     * @param address its address
     */
    record DemoNode(NodeId id, String address) {}

    static DemoPlan platform(Path dir, int nodes, RecordRoute recordRoute) {
        return new DemoPlan(new DemoLayout(dir), "sipring.test", nodes(nodes), recordRoute, false, true);
    }

    static DemoPlan bench(Path dir, int nodes, boolean digest) {
        return new DemoPlan(new DemoLayout(dir), "bench.local", nodes(nodes), RecordRoute.ADDRESS, true, digest);
    }

    private static List<DemoNode> nodes(int count) {
        if (count < 1 || count > MOST_NODES) {
            throw new CommandFailure("--nodes %d: use 1 to %d".formatted(count, MOST_NODES));
        }
        return IntStream.rangeClosed(1, count).mapToObj(DemoPlan::node).toList();
    }

    private static DemoNode node(int number) {
        return new DemoNode(new NodeId("n" + number), "127.0.0." + (10 + number));
    }

    /** The name server: {@code 127.0.0.1:5300}. */
    String dns() {
        return "127.0.0.1:" + DNS_PORT;
    }

    InetSocketAddress dnsAddress() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), DNS_PORT);
    }
}
