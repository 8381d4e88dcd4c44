package org.sipring.app.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sipring.api.Health;
import org.sipring.api.Member;
import org.sipring.api.NodeId;
import org.sipring.api.NodeState;
import org.sipring.api.Role;
import org.sipring.api.RoleContext;
import org.sipring.api.RoleName;
import org.sipring.testkit.SimOverlay;
import org.sipring.testkit.SimTime;

/** When a node says that it is in service. */
final class NodeHealthTest {
    private static final NodeId N1 = new NodeId("n1");

    private final SimOverlay overlay = new SimOverlay(N1, new SimTime().ticker());
    private final Fit role = new Fit();
    private final Fit other = new Fit();
    private final NodeHealth health = new NodeHealth(overlay, List.of(role, other));

    private static Member member(String node, NodeState state) {
        return new Member(new NodeId(node), "10.0.0.1", Set.of(RoleName.PROXY), 100, "test", state, 1, 1, false);
    }

    @BeforeEach
    void inService() {
        health.say(Health.GOOD);
        overlay.show(member("n1", NodeState.READY), member("n2", NodeState.READY));
    }

    @Test
    void aNodeInTheViewIsInService() {
        assertThat(health.now().ready()).isTrue();
    }

    @Test
    void aNodeThatIsAbsentFromItsOwnViewIsNot() {
        overlay.show(member("n2", NodeState.READY));
        assertThat(health.now().ready()).isFalse();
    }

    @Test
    void norIsOneThatTheViewDoesNotShowAsReady() {
        overlay.show(member("n1", NodeState.DRAINING));
        assertThat(health.now().ready()).isFalse();
    }

    @Test
    void norOneOfWhoseRolesAnyIsUnwell() {
        other.health = new Health(false, "no port");
        assertThat(health.now()).isEqualTo(other.health);
        role.health = new Health(false, "no sockets");
        assertThat(health.now()).isEqualTo(role.health);
        assertThat(new NodeHealth(overlay, List.of()).now().detail()).startsWith("starting");
    }

    @Test
    void aNodeWithoutSuchRolesIsInServiceAllTheSame() {
        NodeHealth idle = new NodeHealth(overlay, List.of());
        idle.say(Health.GOOD);
        assertThat(idle.now()).isEqualTo(Health.GOOD);
    }

    @Test
    void norOneThatIsLeavingOrWhoseRoleIsUnwell() {
        role.health = new Health(false, "no sockets");
        assertThat(health.now()).isEqualTo(role.health);
        Health leaving = new Health(false, "leaving");
        health.say(leaving);
        assertThat(health.now()).isEqualTo(leaving);
    }

    private static final class Fit implements Role {
        private Health health = Health.GOOD;

        @Override
        public RoleName name() {
            return RoleName.PROXY;
        }

        @Override
        public CompletionStage<Void> start(RoleContext context) {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<Void> drain(Duration limit) {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void stop() {}

        @Override
        public Health health() {
            return health;
        }
    }
}
