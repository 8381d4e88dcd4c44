package org.sipring.testkit;

import java.time.Duration;
import java.util.Set;
import org.sipring.api.Member;
import org.sipring.api.NodeId;
import org.sipring.api.NodeState;
import org.sipring.api.RoleName;

/** A simulated platform of n1 and n2, joined and in step. */
final class TwoNodes {
    final SimTime time = new SimTime();
    final SimCluster cluster = new SimCluster(time, new SimNetwork(new SimChance(1)), new SimChance(2));
    final SimNode elder = start("n1");
    final SimNode younger = start("n2");

    SimNode start(String name) {
        SimNode node = cluster.start(proxy(name));
        time.advance(Duration.ofSeconds(10));
        return node;
    }

    static Member proxy(String name) {
        return new Member(
                new NodeId(name), "127.0.0.1", Set.of(RoleName.PROXY), 100, "1", NodeState.JOINING, 0, 0, false);
    }
}
