package org.sipring.app.world;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.sipring.api.Member;
import org.sipring.api.NodeId;
import org.sipring.api.NodeState;
import org.sipring.api.RoleName;
import org.sipring.api.Table;
import org.sipring.api.Ticker;
import org.sipring.api.View;
import org.sipring.dns.DnsDesk;
import org.sipring.dns.Manager;
import org.sipring.dns.ViewSource;
import org.sipring.dns.plan.ZonePolicy;
import org.sipring.proxy.edge.FlowRef;
import org.sipring.proxy.registrar.Bindings;
import org.sipring.proxy.registrar.BindingsTable;
import org.sipring.proxy.registrar.Registrar;
import org.sipring.proxy.registrar.RegistrarSettings;
import org.sipring.sip.SipMessage;
import org.sipring.sip.transport.Transport;
import org.sipring.testkit.SimNode;

/** One life of a node: the program's manager and registrar on a simulated process. */
final class WorldNode {
    static final ZonePolicy POLICY = ZonePolicy.ordinary("sipring.test");

    private static final Duration WARM_UP = Duration.ofMillis(500);

    private final Ground ground;
    private final SimNode overlay;
    private final Member birth;
    private final Table<Bindings> bindings;
    private final Registrar registrar;
    private View managerView;
    private long seq = -1;

    private WorldNode(Ground ground, Member birth) {
        this.ground = ground;
        this.birth = birth;
        this.overlay = ground.cluster().start(birth);
        this.managerView = overlay.view();
        this.bindings = overlay.table(BindingsTable.spec());
        this.registrar = new Registrar(
                RegistrarSettings.DEFAULT,
                bindings,
                () -> overlay.host().ticker().now(),
                ground.chance().split());
    }

    static WorldNode start(Ground ground, Home home, NameServer primary, Consumer<NodeId> ready) {
        ground.trace().say(home.birth().id(), "starts");
        WorldNode node = new WorldNode(ground, home.birth());
        node.manage(primary, home.disk());
        node.overlay.onView(view -> node.see(view, ready));
        return node;
    }

    private void manage(NameServer primary, Disk disk) {
        Ticker room = overlay.host().ticker();
        Manager.Ports ports = new Manager.Ports(
                id(),
                primary.seenBy(overlay, () -> managerView),
                noted(ground.rules().hearing().of(overlay, room), room),
                room,
                ground.chance().split(),
                disk);
        Manager manager = ground.rules().fence().manager(POLICY, ports);
        new DnsDesk(overlay, manager::state);
        manager.start();
    }

    // Hears of a view in the same room just before the manager does.
    private ViewSource noted(ViewSource views, Ticker room) {
        return listener -> views.onView(view -> {
            room.execute(() -> managerView = view);
            listener.accept(view);
        });
    }

    private void see(View view, Consumer<NodeId> ready) {
        ground.judge().require(view.seq() > seq, id() + ": view " + view.seq() + " came after " + seq);
        seq = view.seq();
        ground.trace()
                .say(
                        id(),
                        "sees "
                                + view.members().stream()
                                        .map(WorldNode::describe)
                                        .toList());
        if (overlay.announced() == NodeState.JOINING && view.member(id()).isPresent()) {
            overlay.host().ticker().after(WARM_UP, () -> becomeReady(ready));
        }
    }

    private void becomeReady(Consumer<NodeId> ready) {
        if (overlay.announced() == NodeState.JOINING) {
            overlay.announce(NodeState.READY);
            ready.accept(id());
        }
    }

    private static String describe(Member member) {
        return member.state() == NodeState.READY
                ? member.id().value()
                : member.id() + "(" + member.state().name().toLowerCase(Locale.ROOT) + ")";
    }

    NodeId id() {
        return birth.id();
    }

    SimNode overlay() {
        return overlay;
    }

    Table<Bindings> bindings() {
        return bindings;
    }

    boolean running() {
        return overlay.host().running();
    }

    boolean killed() {
        return overlay.host().killed();
    }

    boolean ready() {
        return running() && overlay.announced() == NodeState.READY;
    }

    boolean draining() {
        return overlay.announced() == NodeState.DRAINING;
    }

    boolean mayManage() {
        return birth.roles().contains(RoleName.MANAGER);
    }

    /** Answers a REGISTER that came from a phone. */
    CompletionStage<SipMessage> register(SipMessage request, Phone phone) {
        FlowRef flow = new FlowRef(id(), 1, Transport.UDP, phone.address(), 0);
        return registrar.register(request, flow, phone.aor());
    }

    @Override
    public String toString() {
        return id().value();
    }
}
