package org.sipring.api;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Views for tests. */
final class Members {
    private Members() {}

    /** Ready proxies n1, n2, ... of ordinary weight. */
    static View proxies(int count) {
        return view(IntStream.rangeClosed(1, count).mapToObj(Members::proxy).toList());
    }

    static View view(List<Member> members) {
        return new View(1, "test", members);
    }

    static Member proxy(int number) {
        return proxy(number, Member.ORDINARY_WEIGHT);
    }

    static Member proxy(int number, int weight) {
        return new Member(
                new NodeId("n" + number),
                "127.0.0." + number,
                Set.of(RoleName.PROXY),
                weight,
                "1",
                NodeState.READY,
                number,
                number,
                false);
    }

    static View without(View view, int number) {
        NodeId gone = new NodeId("n" + number);
        return view(view.members().stream()
                .filter(member -> !member.id().equals(gone))
                .toList());
    }
}
