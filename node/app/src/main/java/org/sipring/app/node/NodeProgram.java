package org.sipring.app.node;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.sipring.api.Chance;
import org.sipring.api.Health;
import org.sipring.api.NodeState;
import org.sipring.api.RoleContext;
import org.sipring.api.RoleName;
import org.sipring.api.Table;
import org.sipring.app.process.Release;
import org.sipring.certs.IdentityFolder;
import org.sipring.dns.DnsDesk;
import org.sipring.dns.wire.SrvLookup;
import org.sipring.http.HttpPages;
import org.sipring.http.HttpServer;
import org.sipring.overlay.HazelcastOverlay;
import org.sipring.overlay.OverlaySettings;
import org.sipring.overlay.Surroundings;
import org.sipring.overlay.forming.Founding;
import org.sipring.overlay.forming.Wish;
import org.sipring.overlay.tls.TlsLimits;
import org.sipring.provisioning.ProvisioningRole;
import org.sipring.proxy.ProxyRole;
import org.sipring.proxy.journal.JournalQuery;
import org.sipring.proxy.registrar.Bindings;
import org.sipring.runtime.Lifecycle;
import org.sipring.runtime.Rooms;
import org.sipring.runtime.SystemChance;
import org.sipring.runtime.Workers;
import org.sipring.runtime.http.Metrics;
import org.sipring.runtime.http.NodePages;
import org.sipring.runtime.settings.HostPort;
import org.sipring.runtime.settings.Settings;

/** A node: every part, in the order of its start. */
public final class NodeProgram {
    private static final long ROLE_LIMIT_SECONDS = 60;

    private final Lifecycle lifecycle = new Lifecycle();
    private final Rooms rooms = new Rooms();
    private final Workers workers = new Workers("overlay-worker");
    private final NodeHealth health;

    /**
     * Wires a node; starts nothing.
     *
     * @param identity who it is
     * @param settings how it behaves
     * @param wish what the operator asked for
     * @param lost is told why, when the node can never be on the platform again without its operator
     * @throws IOException when a file that the settings name cannot be used
     */
    public NodeProgram(IdentityFolder identity, Settings settings, Wish wish, Consumer<String> lost)
            throws IOException {
        Chance chance = new SystemChance();
        Metrics metrics = new Metrics();
        String domain = identity.self().domain();
        InetAddress address = Hosts.address("node.address", settings.node().address());

        StorePlace place = StorePlace.of(settings, address);
        HazelcastOverlay overlay = new HazelcastOverlay(
                overlaySettings(settings, address), surroundings(identity, settings, chance, place.founding(), lost));
        StorePart store = place.durable()
                ? new DurableStorePart(place, identity, overlay, chance, rooms, workers)
                : new MemoryStorePart();
        Table<Bindings> bindings = ProxyRole.openTables(overlay);
        SnapshotPart snapshots = new SnapshotPart(settings, overlay, bindings, rooms.open("snapshot"), metrics.meter());
        CrlFlood crl = new CrlFlood(identity, overlay, rooms.open("certs"));
        Optional<ZoneWriter> writer = ZoneWriter.of(settings, domain, overlay, rooms, chance);
        DnsDesk dns = writer.map(ZoneWriter::desk).orElseGet(() -> ZoneWriter.deskOfReader(overlay));
        RecordFile records = RecordFile.of(settings, rooms.open("records"), metrics.meter());
        ProxyRole proxy = new ProxyRole(
                ProxyPart.settings(settings, address, domain, resolvers(settings)),
                ProxyPart.keeping(settings.sip().calls(), records));
        Supplier<RoleContext> context =
                () -> new RoleContext(identity, overlay, store.store(), rooms::open, chance, metrics.meter());
        ProvisioningRole provisioning = ProvisioningPart.role(settings, address, domain, store);
        health = new NodeHealth(overlay, Roles.taken(settings, proxy, provisioning));
        ClockWatch clocks = new ClockWatch(overlay, rooms.open("clock"));
        NodeAlarms alarms = new NodeAlarms(identity, overlay, clocks, store);
        NodeMetrics.register(metrics.meter(), overlay, bindings, writer.map(ZoneWriter::manager));
        NodeMetrics.register(metrics.meter(), alarms, clocks);
        NodeMetrics.register(metrics.meter(), store);
        StatusPage status =
                new StatusPage(new StatusPage.Sources(identity, overlay, bindings, store, alarms, proxy::bans), dns);
        ControlKey control = new ControlKey(settings.node().dataDir(), chance);
        HttpPages pages = new HttpPages()
                .route("/metrics", metrics.page())
                .route("/healthz", NodePages.alive())
                .route("/readyz", NodePages.ready(health::now))
                .route("/status", status)
                .route("/bans", new BansPage(control, proxy::operatorBans))
                .route("/why", new WhyPage(new JournalQuery(overlay)))
                .route("/dns/show", new DnsPage(dns, DnsDesk.Question.SHOW))
                .route("/dns/verify", new DnsPage(dns, DnsDesk.Question.VERIFY));
        HttpServer http = new HttpServer(HttpServer.Limits.ORDINARY, pages);

        addHttp(http, new InetSocketAddress(address, settings.http().port()));
        lifecycle
                .add("control", control::write, () -> {})
                .add("overlay", () -> overlay.start(wish), overlay::close)
                .add("certs", crl::start, () -> {})
                .add("clock", () -> clocks.start().toCompletableFuture().get(), () -> {})
                .add("bindings", snapshots::start, snapshots::stop)
                .add("store", store::start, store::stop)
                .add("accounts", () -> AccountsPart.load(store.store(), settings, domain), () -> {});
        addRoles(Roles.taken(settings), context, proxy, records, provisioning);
        lifecycle
                .add(
                        "dns",
                        () -> writer.ifPresent(it -> it.start(store.store())),
                        () -> writer.ifPresent(ZoneWriter::stop))
                .add("alarms", () -> alarms.start(rooms.open("alarms")), () -> {})
                .add("in service", () -> serve(overlay, NodeState.READY), () -> serve(overlay, NodeState.DRAINING));
    }

    private void addHttp(HttpServer http, InetSocketAddress listen) {
        lifecycle.add("http", () -> http.start(listen, "http.port"), http::close);
    }

    private void addRoles(
            Set<RoleName> taken,
            Supplier<RoleContext> context,
            ProxyRole proxy,
            RecordFile records,
            ProvisioningRole provisioning) {
        if (taken.contains(RoleName.PROXY)) {
            lifecycle.add("records", records::start, records::stop);
            lifecycle.add(
                    "proxy",
                    () -> proxy.start(context.get()).toCompletableFuture().get(ROLE_LIMIT_SECONDS, TimeUnit.SECONDS),
                    proxy::stop);
        }
        if (taken.contains(RoleName.PROVISIONING)) {
            lifecycle.add(
                    "provisioning",
                    () -> ProvisioningPart.start(provisioning, context.get()),
                    () -> ProvisioningPart.stop(provisioning));
        }
    }

    private OverlaySettings overlaySettings(Settings settings, InetAddress address) {
        return new OverlaySettings(
                new InetSocketAddress(address, settings.overlay().port()),
                settings.node().dataDir(),
                Roles.taken(settings),
                settings.node().weight(),
                Release.version(),
                TlsLimits.DEFAULT);
    }

    private static List<InetSocketAddress> resolvers(Settings settings) {
        return settings.dns().resolver().isPresent()
                ? List.of(
                        Hosts.address("dns.resolver", settings.dns().resolver().orElseThrow()))
                : SrvLookup.systemResolvers();
    }

    private Surroundings surroundings(
            IdentityFolder identity, Settings settings, Chance chance, Founding founding, Consumer<String> lost)
            throws IOException {
        SrvLookup lookup = new SrvLookup(resolvers(settings), rooms.open("dns-lookup"), chance);
        List<InetSocketAddress> seeds = new ArrayList<>();
        for (HostPort seed : settings.overlay().seeds()) {
            seeds.add(Hosts.address("overlay.seeds", seed));
        }
        DnsSeeds found = new DnsSeeds(lookup, identity.self().domain(), seeds);
        return new Surroundings(identity, found, rooms.open("overlay"), chance, workers, founding, lost);
    }

    private void serve(HazelcastOverlay overlay, NodeState state) {
        health.say(state == NodeState.READY ? Health.GOOD : new Health(false, "leaving"));
        overlay.announce(state);
    }

    /**
     * Starts every part in order; blocks until the node is in service.
     *
     * @throws Exception when a part cannot start; those before it have been stopped
     */
    public void start() throws Exception {
        lifecycle.start();
    }

    /**
     * Stops every part in reverse order.
     *
     * @throws Exception when a part failed to stop; all others were stopped all the same
     */
    public void stop() throws Exception {
        try (rooms;
                workers) {
            lifecycle.stop();
        }
    }
}
