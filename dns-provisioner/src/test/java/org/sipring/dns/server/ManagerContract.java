package org.sipring.dns.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.sipring.api.Member;
import org.sipring.api.NodeId;
import org.sipring.api.NodeState;
import org.sipring.api.RoleName;
import org.sipring.api.View;
import org.sipring.dns.Alarm;
import org.sipring.dns.Manager;
import org.sipring.dns.ZoneReport;
import org.sipring.dns.fence.FenceMemory;
import org.sipring.dns.plan.ZonePolicy;
import org.sipring.dns.wire.Rfc2136Primary;
import org.sipring.dns.wire.Room;
import org.sipring.dns.wire.TsigKey;
import org.sipring.dns.zone.Primary;
import org.sipring.testkit.SimChance;
import org.sipring.testkit.SimOverlay;

/** The manager over sockets: every record that it plans is read back as it was written. */
abstract class ManagerContract extends NameServerContract {
    private static final ZonePolicy POLICY = ZonePolicy.ordinary("sipring.test");

    ManagerContract(Starter starter) {
        super(starter);
    }

    @Test
    void theZoneFollowsTheViewAndTheManager() {
        Node n1 = node(1, key);
        n1.sees(1, 2, 3);
        await(n1.manager, () -> n1.manager.state().inSync());
        assertRight(1, 2, 3);
        n1.sees(1, 3);
        await(n1.manager, () -> report(1, 3).good());
        Node n3 = node(3, key);
        n1.manager.stop();
        n3.sees(3);
        n3.sees(3, 4);
        await(n3.manager, () -> n3.manager.state().activity().startsWith("waits"));
        n3.sees(1, 3);
        n3.overlay.show(member(1, NodeState.DRAINING), member(3, NodeState.READY));
        await(n3.manager, () -> n3.manager.state().inSync());
        assertThat(n3.manager.state().holder()).contains(new NodeId("n3"));
        assertThat(n3.manager.state().epoch()).isEqualTo(2);
        assertThat(n3.manager.state().alarms()).isEmpty();
    }

    @Test
    void aWrongKeyIsAnAlarm() {
        Node n1 = node(1, TsigKey.generate("sipring", new SimChance(99)));
        n1.sees(1);
        await(n1.manager, () -> !n1.manager.state().alarms().isEmpty());
        assertThat(n1.manager.state().alarms()).extracting(Alarm::kind).containsExactly(Alarm.Kind.WRONG_KEY);
    }

    private void assertRight(int... numbers) {
        assertThat(report(numbers).problems()).isEmpty();
    }

    private ZoneReport report(int... numbers) {
        Room room = room();
        return ZoneReport.read(primary(key, room), POLICY, new View(1, "test", members(numbers)), room.now())
                .toCompletableFuture()
                .join();
    }

    private Node node(int number, TsigKey by) {
        Room room = room();
        SimOverlay overlay = new SimOverlay(new NodeId("n" + number), room);
        FenceMemory memory = new FenceMemory() {
            @Override
            public Mark recall() {
                return Mark.NONE;
            }

            @Override
            public void remember(Mark mark) {}
        };
        Manager manager = new Manager(
                POLICY,
                new Manager.Ports(
                        overlay.self(), primary(by, room()), overlay::onView, room, new SimChance(number), memory));
        manager.start();
        return new Node(overlay, manager);
    }

    private Primary primary(TsigKey by, Room room) {
        return primary(by, Rfc2136Primary.USUAL_LIMIT, room);
    }

    /** Looks every 20 ms, for at most 20 s. */
    private void await(Manager manager, BooleanSupplier condition) {
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        look(room(), condition, done);
        assertThat(done.completeOnTimeout(false, 20, TimeUnit.SECONDS).join())
                .as(() -> manager.state().toString())
                .isTrue();
    }

    private static void look(Room room, BooleanSupplier condition, CompletableFuture<Boolean> done) {
        room.after(Duration.ofMillis(20), () -> {
            if (condition.getAsBoolean()) {
                done.complete(true);
            } else if (!done.isDone()) {
                look(room, condition, done);
            }
        });
    }

    private static List<Member> members(int... numbers) {
        return Arrays.stream(numbers)
                .mapToObj(number -> member(number, NodeState.READY))
                .toList();
    }

    private static Member member(int number, NodeState state) {
        return new Member(
                new NodeId("n" + number),
                number == 2 ? "2001:db8::2" : "127.0.0.1" + number,
                Set.of(RoleName.PROXY, RoleName.MANAGER),
                Member.ORDINARY_WEIGHT,
                "0.1",
                state,
                number,
                number,
                false);
    }

    /** A node's manager and what it sees. */
    private record Node(SimOverlay overlay, Manager manager) {
        void sees(int... numbers) {
            overlay.show(members(numbers).toArray(Member[]::new));
        }
    }
}
