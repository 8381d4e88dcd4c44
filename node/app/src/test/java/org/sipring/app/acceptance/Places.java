package org.sipring.app.acceptance;

import java.util.List;
import java.util.stream.Stream;

/** Where a demo's zone names a ready node: services, edges, the role, and the node's own name and its edge's. */
final class Places {
    private static final List<String> NODES = List.of("n1", "n2", "n3");

    private Places() {}

    /**
     * A record that names a node.
     *
     * @param name its owner
     * @param type its type
     * @param end how its data ends: with the node's name or address
     */
    private record Place(String name, String type, String end) {
        boolean isIn(List<String> lines) {
            return lines.stream().anyMatch(line -> line.endsWith(end));
        }
    }

    /** Whether any name still leads to a node. All are asked in one go, so that it is measured when the last one went. */
    static boolean anyNames(DemoRun demo, String node) {
        List<Place> places = of(demo, node).toList();
        List<String> lines = Dns.query(places.stream()
                .flatMap(place -> Stream.of(place.name(), place.type()))
                .toList());
        return places.stream().anyMatch(place -> place.isIn(lines));
    }

    /** Whether all names that lead to a ready node do. */
    static boolean allName(DemoRun demo, String node) {
        return of(demo, node).allMatch(place -> place.isIn(Dns.query(place.name(), place.type())));
    }

    private static Stream<Place> of(DemoRun demo, String node) {
        String name = node + ".sipring.test.";
        Stream<String> services = Stream.of(
                        "_sip._ws",
                        "_sips._ws",
                        "_sips._tcp",
                        "_sip._udp",
                        "_sip._tcp",
                        "_sipring._tcp",
                        "_provisioning._tcp",
                        "_prometheus._tcp")
                .map(service -> service + ".sipring.test.");
        Stream<String> edges = NODES.stream()
                .map(each -> each + ".edge.sipring.test.")
                .flatMap(edge -> Stream.of("_sips._tcp." + edge, "_sip._udp." + edge, "_sip._tcp." + edge));
        Stream<String> hosts =
                Stream.of("proxy.sipring.test.", "provisioning.sipring.test.", node + ".edge.sipring.test.", name);
        return Stream.concat(
                Stream.concat(services, edges).map(service -> new Place(service, "SRV", " " + name)),
                hosts.map(host -> new Place(host, "A", demo.address(node))));
    }
}
