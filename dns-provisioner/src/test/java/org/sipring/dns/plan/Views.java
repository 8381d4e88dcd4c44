package org.sipring.dns.plan;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.sipring.api.Member;
import org.sipring.api.NodeId;
import org.sipring.api.NodeState;
import org.sipring.api.RoleName;
import org.sipring.api.View;

/** Views for tests: node {@code nX} has address 127.0.0.1X, rank X, and the roles proxy and manager. */
public final class Views {
    public static final ZonePolicy POLICY = ZonePolicy.ordinary("sipring.test");
    public static final String PLATFORM = "p1";

    private Views() {}

    public static View of(Member... members) {
        return new View(1, PLATFORM, List.of(members));
    }

    public static View ready(int... numbers) {
        return new View(
                1, PLATFORM, Arrays.stream(numbers).mapToObj(Views::node).toList());
    }

    public static Member node(int number) {
        return node(number, "127.0.0.1" + number, RoleName.PROXY, RoleName.MANAGER);
    }

    public static Member node(int number, NodeState state) {
        return node(number).in(state);
    }

    public static Member node(int number, String address, RoleName... roles) {
        return new Member(
                id(number),
                address,
                Set.of(roles),
                Member.ORDINARY_WEIGHT,
                "0.1",
                NodeState.READY,
                number,
                number,
                false);
    }

    public static NodeId id(int number) {
        return new NodeId("n" + number);
    }

    public static Set<NodeId> ids(int... numbers) {
        return Arrays.stream(numbers).mapToObj(Views::id).collect(Collectors.toSet());
    }
}
