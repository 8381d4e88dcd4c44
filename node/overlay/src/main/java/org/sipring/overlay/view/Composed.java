package org.sipring.overlay.view;

import java.util.List;
import org.sipring.api.Member;

/**
 * A view as its composer sends it.
 *
 * @param term the composer's boot number: its views are ordered within one life
 * @param order counts the composer's views upwards
 * @param generation counts the platform's membership changes upwards
 * @param platform the platform id
 * @param announced the members with their ranks, in the order of joining
 */
record Composed(long term, long order, long generation, String platform, List<Announced> announced) {
    static final Composed NONE = new Composed(0, 0, 0, "", List.of());

    Composed {
        announced = List.copyOf(announced);
    }

    List<Member> members() {
        return announced.stream().map(Announced::member).toList();
    }
}
