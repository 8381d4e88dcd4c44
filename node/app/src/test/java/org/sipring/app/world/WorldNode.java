package org.sipring.app.world;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;
import org.sipring.api.Member;
import org.sipring.api.NodeId;
import org.sipring.api.NodeState;
import org.sipring.api.RoleContext;
import org.sipring.api.RoleName;
import org.sipring.api.Store;
import org.sipring.api.Table;
import org.sipring.api.Ticker;
import org.sipring.api.View;
import org.sipring.dns.DnsDesk;
import org.sipring.dns.Manager;
import org.sipring.dns.ViewSource;
import org.sipring.dns.plan.ZonePolicy;
import org.sipring.proxy.CallKeeping;
import org.sipring.proxy.ProxyRole;
import org.sipring.proxy.ProxySettings;
import org.sipring.proxy.journal.JournalSettings;
import org.sipring.proxy.registrar.Bindings;
import org.sipring.sip.transport.Credentials;
import org.sipring.sip.transport.NetworkSettings;
import org.sipring.sip.transport.Receiver;
import org.sipring.sip.transport.SipLoop;
import org.sipring.sip.transport.SipNetwork;
import org.sipring.testkit.SimNode;
import org.sipring.testkit.SimTicker;

/** One life of a node: the program's manager and proxy on a simulated process. */
final class WorldNode {
    static final ZonePolicy POLICY = ZonePolicy.ordinary("sipring.test");

    private static final Duration WARM_UP = Duration.ofMillis(500);
    private static final Duration LONGEST_CALL = Duration.ofDays(1);
    private static final int MOST_CALLS = 1000;

    private final Ground ground;
    private final SimNode overlay;
    private final Member birth;
    private final Table<Bindings> bindings;
    private final Station sip;
    private final ProxyRole proxy;
    private final Gauges gauges = new Gauges();
    private View managerView;
    private long seq = -1;

    private WorldNode(Ground ground, Outside outside, Member birth) {
        this.ground = ground;
        this.birth = birth;
        overlay = ground.cluster().start(birth);
        managerView = overlay.view();
        bindings = ProxyRole.openTables(overlay);
        Ledger ledger = outside.ledger();
        sip = new Station(
                outside.wires(), birth.id(), overlay.host(), new InetSocketAddress(birth.address(), 0).getAddress());
        CallKeeping keeping =
                new CallKeeping(JournalSettings.NONE, record -> ledger.take(this, record), LONGEST_CALL, MOST_CALLS);
        proxy = new ProxyRole(ProxySettings.usual(birth.address()), this::open, keeping);
    }

    private SipNetwork open(
            NetworkSettings settings, Credentials credentials, Ticker clock, Function<SipLoop, Receiver> receivers) {
        return sip.open(receivers);
    }

    static WorldNode start(Ground ground, Outside outside, Home home, Consumer<NodeId> ready) {
        ground.trace().say(home.birth().id(), "starts");
        WorldNode node = new WorldNode(ground, outside, home.birth());
        node.manage(outside.primary(), home.disk());
        Consumer<View> joined = new Once<>(view -> node.serve(outside.store(), ready));
        node.overlay.onView(view -> node.see(view, joined));
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

    private void see(View view, Consumer<View> joined) {
        ground.judge().require(view.seq() > seq, id() + ": view " + view.seq() + " came after " + seq);
        seq = view.seq();
        ground.trace()
                .say(
                        id(),
                        "sees "
                                + view.members().stream()
                                        .map(WorldNode::describe)
                                        .toList());
        if (view.member(id()).isPresent()) {
            joined.accept(view);
        }
    }

    private void serve(Store store, Consumer<NodeId> ready) {
        SimTicker room = overlay.host().ticker();
        RoleContext context = new RoleContext(
                new Passport(birth),
                overlay,
                store,
                name -> room,
                ground.chance().split(),
                gauges);
        proxy.start(context).whenComplete((done, failure) -> {
            ground.judge().require(failure == null, id() + " cannot open its proxy: " + failure);
            room.after(WARM_UP, () -> becomeReady(ready));
        });
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

    Station sip() {
        return sip;
    }

    /** SIP transactions that it keeps. */
    int transactions() {
        return gauges.transactions();
    }

    boolean running() {
        return overlay.host().running();
    }

    /** Whether phones can reach it. */
    boolean serving() {
        return running() && sip.serving();
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

    @Override
    public String toString() {
        return id().value();
    }
}
