package org.sipring.app.node;

import org.sipring.api.Health;
import org.sipring.api.NodeId;
import org.sipring.api.NodeState;
import org.sipring.api.Overlay;
import org.sipring.api.Role;

/** Whether the node is in service, for {@code /readyz}. Callable from any thread. */
final class NodeHealth {
    private final Overlay overlay;
    private final Role role;
    private volatile Health said = new Health(false, "starting: see the log for what it waits for");

    NodeHealth(Overlay overlay, Role role) {
        this.overlay = overlay;
        this.role = role;
    }

    /** What the node's start and stop say. */
    void say(Health health) {
        said = health;
    }

    /** In service means: started, in the view as ready, and its role feels well. */
    Health now() {
        if (!said.ready()) {
            return said;
        }
        if (!inViewAsReady(overlay.self())) {
            return new Health(false, "not in the platform's view as ready yet");
        }
        return role.health();
    }

    private boolean inViewAsReady(NodeId self) {
        return overlay.view()
                .member(self)
                .filter(member -> member.state() == NodeState.READY)
                .isPresent();
    }
}
