package org.sipring.app.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.sipring.api.Member;
import org.sipring.api.NodeId;
import org.sipring.api.NodeState;
import org.sipring.api.RoleName;
import org.sipring.api.View;

final class NodeAlarmsTest {
    @Test
    void aPlatformInServiceWithoutAManagerNeedsOne() {
        assertThat(NodeAlarms.nobodyMayWriteDns(view(member("n1", NodeState.READY, RoleName.PROXY))))
                .isTrue();
        assertThat(NodeAlarms.nobodyMayWriteDns(view(
                        member("n1", NodeState.READY, RoleName.PROXY),
                        member("n2", NodeState.READY, RoleName.MANAGER))))
                .isFalse();
    }

    @Test
    void aPlatformThatStartsIsGivenTime() {
        assertThat(NodeAlarms.nobodyMayWriteDns(view())).isFalse();
        assertThat(NodeAlarms.nobodyMayWriteDns(view(member("n1", NodeState.JOINING, RoleName.PROXY))))
                .isFalse();
    }

    private static View view(Member... members) {
        return new View(1, "p1", List.of(members));
    }

    private static Member member(String node, NodeState state, RoleName role) {
        return new Member(new NodeId(node), "192.0.2.1", Set.of(role), 100, "test", state, 0, 0, false);
    }
}
