package org.sipring.app.node;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.sipring.api.NodeState;
import org.sipring.api.Overlay;
import org.sipring.api.RoleName;
import org.sipring.api.Ticker;
import org.sipring.api.View;
import org.sipring.certs.IdentityFolder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What needs the operator, but for the zone's own alarms: the log says it when it is new, {@code status} lists it, a
 * metric counts it. Callable from any thread.
 */
final class NodeAlarms {
    private static final Logger LOG = LoggerFactory.getLogger(NodeAlarms.class);
    private static final Duration EVERY = Duration.ofSeconds(2);

    private final IdentityFolder identity;
    private final Overlay overlay;
    private final ClockWatch clocks;
    private final StorePart store;

    NodeAlarms(IdentityFolder identity, Overlay overlay, ClockWatch clocks, StorePart store) {
        this.identity = identity;
        this.overlay = overlay;
        this.clocks = clocks;
        this.store = store;
    }

    /** Each says what to do. */
    List<String> now() {
        List<String> alarms = new ArrayList<>(identity.alarms());
        alarms.addAll(clocks.alarms());
        alarms.addAll(store.alarms());
        if (nobodyMayWriteDns(overlay.view())) {
            alarms.add("no node in service may write DNS, the zone stays as it is: start one whose certificate"
                    + " permits the role manager");
        }
        return alarms;
    }

    /**
     * Begins to log what is new.
     *
     * @param room where to look
     */
    void start(Ticker room) {
        look(room, Set.of());
    }

    private void look(Ticker room, Set<String> known) {
        List<String> alarms = now();
        alarms.stream().filter(alarm -> !known.contains(alarm)).forEach(alarm -> LOG.warn("ALARM: {}", alarm));
        room.after(EVERY, () -> look(room, Set.copyOf(alarms)));
    }

    static boolean nobodyMayWriteDns(View view) {
        return view.members().stream().anyMatch(member -> member.state() == NodeState.READY)
                && view.oldestServing(RoleName.MANAGER).isEmpty();
    }
}
