package org.sipring.app.node;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.sipring.api.Meter;
import org.sipring.api.NodeState;
import org.sipring.api.Overlay;
import org.sipring.api.Table;
import org.sipring.dns.Alarm;
import org.sipring.dns.DnsState;
import org.sipring.dns.Manager;
import org.sipring.store.raft.Keepers;

/** What Prometheus sees of a node as a whole. */
final class NodeMetrics {
    private NodeMetrics() {}

    static void register(Meter meter, Overlay overlay, Table<?> bindings, Optional<Manager> manager) {
        for (NodeState state : NodeState.values()) {
            meter.gauge(
                    "sipring_members",
                    "Members of the platform as this node sees them.",
                    () -> overlay.view().members().stream()
                            .filter(member -> member.state() == state)
                            .count(),
                    "state",
                    state.name().toLowerCase(Locale.ROOT));
        }
        meter.gauge(
                "sipring_table_safe",
                "1 when any single crash loses nothing that was acknowledged.",
                () -> bindings.safe() ? 1 : 0);
        manager.ifPresent(writer -> dns(meter, writer));
    }

    static void register(Meter meter, NodeAlarms alarms, ClockWatch clocks) {
        meter.gauge(
                "sipring_alarms", "What needs the operator, DNS apart: 'sipring status' says what.", () -> alarms.now()
                        .size());
        meter.gauge(
                "sipring_clock_behind_seconds",
                "How far this node's clock is behind the other nodes'; negative when it is ahead.",
                () -> clocks.behind().toMillis() / 1000.0);
    }

    static void register(Meter meter, StorePart store) {
        meter.gauge(
                "sipring_store_readable",
                "1 when this node can read the platform's documents.",
                () -> store.state().readable() ? 1 : 0);
        meter.gauge(
                "sipring_store_replicas",
                "Nodes that keep the platform's documents, as a node knows it that keeps them; 0 on the others.",
                () -> store.state()
                        .keepers()
                        .map(keepers -> keepers.nodes().size())
                        .orElse(0));
        meter.gauge(
                "sipring_store_leader_known",
                "1 when documents can be changed, as a node knows it that keeps them; 0 on the others.",
                () -> store.state().keepers().flatMap(Keepers::leader).isPresent() ? 1 : 0);
    }

    private static void dns(Meter meter, Manager manager) {
        meter.gauge(
                "sipring_dns_in_sync",
                "1 when this node writes DNS and the zone, as last read, is as planned.",
                () -> manager.state().inSync() ? 1 : 0);
        meter.gauge("sipring_dns_epoch", "Counts the holders of the zone.", () -> manager.state()
                .epoch());
        Arrays.stream(Alarm.Kind.values())
                .forEach(kind -> meter.gauge(
                        "sipring_dns_alarm",
                        "1 while something about DNS needs the operator.",
                        () -> raised(manager.state(), kind) ? 1 : 0,
                        "kind",
                        kind.name().toLowerCase(Locale.ROOT)));
    }

    private static boolean raised(DnsState state, Alarm.Kind kind) {
        return state.alarms().stream().anyMatch(alarm -> alarm.kind() == kind);
    }
}
