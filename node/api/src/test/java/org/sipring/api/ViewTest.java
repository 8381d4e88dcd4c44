package org.sipring.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ViewTest {
    @Test
    void theIdIsTheSameInEveryProcess() {
        Set<RoleName> roles = Set.of(RoleName.PROXY, RoleName.MANAGER, RoleName.CA, RoleName.OPERATOR);
        Member member = new Member(new NodeId("n1"), "127.0.0.1", roles, 100, "1", NodeState.READY, 1, 1, false);

        assertThat(new View(1, "test", List.of(member)).id()).isEqualTo(1031456315973636147L);
    }

    @Test
    void theIdIgnoresTheLocalCountAndTheOrder() {
        View one = new View(1, "test", List.of(Members.proxy(1), Members.proxy(2)));
        View other = new View(2, "test", List.of(Members.proxy(2), Members.proxy(1)));

        assertThat(one.id()).isEqualTo(other.id());
    }

    @Test
    void theOldestServingMemberIsTheOneThatJoinedFirstAndIsReady() {
        View view = new View(
                1, "test", List.of(Members.proxy(1).in(NodeState.JOINING), Members.proxy(2), Members.proxy(3)));

        assertThat(view.oldestServing(RoleName.PROXY).map(Member::id)).contains(new NodeId("n2"));
    }
}
