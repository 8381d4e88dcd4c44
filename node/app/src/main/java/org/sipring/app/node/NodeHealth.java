package org.sipring.app.node;

import java.util.List;
import org.sipring.api.Health;
import org.sipring.api.NodeId;
import org.sipring.api.NodeState;
import org.sipring.api.Overlay;
import org.sipring.api.Role;

/** Whether the node is in service, for {@code /readyz}. Callable from any thread. */
final class NodeHealth {
    private final Overlay overlay;
    private final List<Role> roles;
    private volatile Health said = new Health(false, "starting: see the log for what it waits for");

    NodeHealth(Overlay overlay, List<Role> roles) {
        this.overlay = overlay;
        this.roles = List.copyOf(roles);
    }

    /** What the node's start and stop say. */
    void say(Health health) {
        said = health;
    }

    /** In service means: started, in the view as ready, and its roles feel well: the first that does not says why. */
    Health now() {
        if (!said.ready()) {
            return said;
        }
        if (!inViewAsReady(overlay.self())) {
            return new Health(false, "not in the platform's view as ready yet");
        }
        return roles.stream()
                .map(Role::health)
                .filter(health -> !health.ready())
                .findFirst()
                .orElse(Health.GOOD);
    }

    private boolean inViewAsReady(NodeId self) {
        return overlay.view()
                .member(self)
                .filter(member -> member.state() == NodeState.READY)
                .isPresent();
    }
}
