package org.sipring.runtime.settings;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** No two of a node's listeners may have one port, as all listen on one address. */
final class DistinctPorts {
    private DistinctPorts() {}

    /**
     * A listener's port.
     *
     * @param section its feature
     * @param key its key there
     * @param number the port
     */
    private record Port(String section, String key, int number) {
        @Override
        public String toString() {
            return section + "." + key;
        }
    }

    /** Notes each key that the operator wrote and that gives a port which another has as well. */
    static void check(Settings settings, Function<String, Section> sections) {
        List<Port> ports = List.of(
                new Port("sip", "port", settings.sip().port()),
                new Port("sip", "nodes-port", settings.sip().nodesPort()),
                new Port("sip", "tls.port", settings.sip().tls().port()),
                new Port("sip", "web.port", settings.sip().web().port()),
                new Port("sip", "web.secure-port", settings.sip().web().securePort()),
                new Port("overlay", "port", settings.overlay().port()),
                new Port("store", "port", settings.store().port()),
                new Port("http", "port", settings.http().port()),
                new Port("provisioning", "port", settings.provisioning().port()));
        for (Port port : ports) {
            String others = ports.stream()
                    .filter(other -> other.number() == port.number() && !other.equals(port))
                    .map(Port::toString)
                    .collect(Collectors.joining(" and "));
            Section section = sections.apply(port.section());
            if (!others.isEmpty() && section.isWritten(port.key())) {
                section.wrong(
                        port.key(),
                        "%d is the port of %s too: the ports of a node must differ, give each its own"
                                .formatted(port.number(), others));
            }
        }
    }
}
