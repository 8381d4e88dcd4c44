package org.sipring.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sipring.accounts.Accounts;
import org.sipring.accounts.domain.DomainStore;
import org.sipring.accounts.domain.HostedDomains;
import org.sipring.accounts.domain.LiveDomains;
import org.sipring.api.Health;
import org.sipring.api.Member;
import org.sipring.api.Overlay;
import org.sipring.api.Role;
import org.sipring.api.RoleContext;
import org.sipring.api.RoleName;
import org.sipring.api.Table;
import org.sipring.api.Ticker;
import org.sipring.api.View;
import org.sipring.proxy.auth.AuthSettings;
import org.sipring.proxy.auth.Authenticator;
import org.sipring.proxy.auth.NonceSettings;
import org.sipring.proxy.auth.Nonces;
import org.sipring.proxy.auth.Suspicion;
import org.sipring.proxy.core.NatPinging;
import org.sipring.proxy.core.Platform;
import org.sipring.proxy.core.ProxyCore;
import org.sipring.proxy.defence.Ban;
import org.sipring.proxy.defence.Defence;
import org.sipring.proxy.defence.OperatorBans;
import org.sipring.proxy.edge.EdgeNames;
import org.sipring.proxy.edge.EdgeRoutes;
import org.sipring.proxy.journal.Journal;
import org.sipring.proxy.journal.JournalQuery;
import org.sipring.proxy.journal.Journals;
import org.sipring.proxy.keys.KeySettings;
import org.sipring.proxy.keys.SharedKeys;
import org.sipring.proxy.load.LoadWatch;
import org.sipring.proxy.records.CallLog;
import org.sipring.proxy.records.LoopCalls;
import org.sipring.proxy.registrar.Bindings;
import org.sipring.proxy.registrar.BindingsTable;
import org.sipring.proxy.registrar.Gruus;
import org.sipring.proxy.registrar.LostFlows;
import org.sipring.proxy.registrar.Registrar;
import org.sipring.sip.transaction.SipStack;
import org.sipring.sip.transaction.TransactionLayer;
import org.sipring.sip.transport.NettyNetwork;
import org.sipring.sip.transport.SipNetwork;

/** SIP proxy, registrar and edge: this node as phones see it. */
public final class ProxyRole implements Role {
    private static final String NONCE_KEYS = "nonce-keys";
    private static final String DIALOG_KEYS = "dialog-keys";
    private static final Duration DRAIN_POLL = Duration.ofMillis(250);

    private final ProxySettings settings;
    private final SipNetwork.Opener opener;
    private final CallKeeping keeping;
    private volatile @Nullable SipNetwork network;
    private volatile @Nullable SipStack stack;
    private volatile @Nullable LoadWatch load;
    private volatile @Nullable Ticker room;
    private volatile @Nullable Defence defence;

    /**
     * A proxy on real sockets.
     *
     * @param settings how it behaves
     */
    public ProxyRole(ProxySettings settings) {
        this(settings, NettyNetwork::open, CallKeeping.NOTHING);
    }

    /**
     * A proxy on real sockets that keeps what it did with calls.
     *
     * @param settings how it behaves
     * @param keeping what it keeps
     */
    public ProxyRole(ProxySettings settings, CallKeeping keeping) {
        this(settings, NettyNetwork::open, keeping);
    }

    /**
     * A proxy on sockets of any kind.
     *
     * @param settings how it behaves
     * @param opener opens the sockets
     * @param keeping what it keeps of calls
     */
    public ProxyRole(ProxySettings settings, SipNetwork.Opener opener, CallKeeping keeping) {
        this.settings = settings;
        this.opener = opener;
        this.keeping = keeping;
    }

    /**
     * Opens the tables that proxies share. Every node does so before it joins, since it may become the owner of any key
     * the moment it is a member.
     *
     * @param overlay where
     * @return the bindings
     */
    public static Table<Bindings> openTables(Overlay overlay) {
        SharedKeys.openTable(NONCE_KEYS, overlay);
        SharedKeys.openTable(DIALOG_KEYS, overlay);
        Defence.openTable(overlay);
        return overlay.table(BindingsTable.spec());
    }

    @Override
    public RoleName name() {
        return RoleName.PROXY;
    }

    /** Opens the tables, waits for the platform's keys, and then opens the sockets. The node has joined before. */
    @Override
    public CompletionStage<Void> start(RoleContext context) {
        Ticker ticker = context.rooms().apply("proxy");
        room = ticker;
        Table<Bindings> bindings = openTables(context.overlay());
        SharedKeys nonceKeys =
                new SharedKeys(NONCE_KEYS, KeySettings.NONCES, context.overlay(), ticker, context.chance());
        SharedKeys dialogKeys =
                new SharedKeys(DIALOG_KEYS, KeySettings.DIALOGS, context.overlay(), ticker, context.chance());
        Defence guard = new Defence(settings.defence(), context.overlay(), ticker, context.chance(), context.meter());
        defence = guard;
        guard.start();
        Site site = new Site(context, ticker, domains(context));
        return nonceKeys
                .start()
                .thenCombine(dialogKeys.start(), (one, other) -> platform(site, dialogKeys))
                .thenAccept(platform -> {
                    Gruus gruus = new Gruus(dialogKeys, context.chance());
                    Authenticator authenticator = authenticator(site, nonceKeys, guard, platform);
                    open(context, ticker, platform, services(site, authenticator, bindings, gruus, platform), guard);
                });
    }

    /** What the parts of a proxy share. */
    private record Site(RoleContext context, Ticker ticker, HostedDomains domains) {}

    private HostedDomains domains(RoleContext context) {
        return LiveDomains.open(
                settings.users().domains(context.identity().self().domain()), new DomainStore(context.store()));
    }

    private Authenticator authenticator(Site site, SharedKeys nonceKeys, Suspicion suspicion, Platform platform) {
        RoleContext context = site.context();
        Ticker ticker = site.ticker();
        AuthSettings auth = new AuthSettings(site.domains(), settings.users().authInt());
        Nonces nonces = new Nonces(NonceSettings.DEFAULT, nonceKeys, context.overlay(), ticker::now, context.chance());
        return new Authenticator(
                auth, new Accounts(context.store()), nonces, context.chance(), platform::isNode, suspicion);
    }

    private ProxyCore.Services services(
            Site site, Authenticator authenticator, Table<Bindings> bindings, Gruus gruus, Platform platform) {
        RoleContext context = site.context();
        Ticker ticker = site.ticker();
        Accounts accounts = new Accounts(context.store());
        Registrar registrar =
                new Registrar(settings.registrar(), bindings, ticker::now, context.chance(), platform.names(), gruus);
        LostFlows lost = new LostFlows(settings.registrar(), bindings);
        boolean authenticate = settings.users().authenticate();
        return new ProxyCore.Services(
                new RegisterService(authenticate, accounts, authenticator, registrar, lost, platform),
                new DigestAdmission(authenticate, authenticator),
                new BindingLocations(
                        accounts,
                        site.domains(),
                        bindings,
                        gruus,
                        ticker::now,
                        settings.users().anyContact()),
                settings.foreign().open(here(), ticker, context.chance()));
    }

    private InetAddress here() {
        return new InetSocketAddress(settings.network().address(), 0).getAddress();
    }

    private Platform platform(Site site, SharedKeys dialogKeys) {
        RoleContext context = site.context();
        long boot = context.overlay()
                .view()
                .member(context.overlay().self())
                .map(Member::boot)
                .orElseThrow(
                        () -> new IllegalStateException("start the proxy after this node has joined the platform"));
        EdgeNames names = new EdgeNames(
                context.identity().self().domain(),
                host -> site.domains().named(host).isPresent(),
                settings.recordRoute());
        return new Platform(
                context.overlay(),
                boot,
                names,
                new EdgeRoutes(names, dialogKeys),
                settings.ringing(),
                settings.recordsHistory(),
                NatPinging.of(settings.natPings(), context.meter()));
    }

    private void open(
            RoleContext context, Ticker clock, Platform platform, ProxyCore.Services services, Defence guard) {
        Journals journals = new Journals(keeping.journal(), settings.network().loops());
        CallLog log = keeping.open(context.overlay().self());
        clock.execute(() -> log.watch(clock));
        context.meter().gauge("sipring_calls", "Calls that were set up here and go on, as far as is known.", log::size);
        SipStack opening = new SipStack(
                settings.stack(),
                context.chance(),
                context.meter(),
                layer -> core(platform, layer, services, journals, log),
                loop -> guard.door());
        new JournalQuery(context.overlay()).answerFrom(journals);
        try {
            SipNetwork opened = opener.open(
                    settings.network(), ShownCertificates.open(settings, context, clock), clock, opening::attach);
            stack = opening;
            network = opened;
            LoadWatch watch = new LoadWatch(opening, context.overlay(), clock, context.meter());
            watch.start();
            load = watch;
            context.meter()
                    .gauge("sipring_sip_connections", "Connections of phones and nodes open now.", opened::connections);
            context.overlay().onView(view -> keepLinks(opened, view));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure.getMessage(), failure);
        }
    }

    private static ProxyCore core(
            Platform platform, TransactionLayer layer, ProxyCore.Services services, Journals journals, CallLog log) {
        Ticker room = layer.loop().ticker();
        Journal journal = journals.open(room);
        return new ProxyCore(platform, layer, services, journal, new LoopCalls(log, room, journal));
    }

    private static void keepLinks(SipNetwork opened, View view) {
        opened.keepLinks(view.members().stream().map(Member::id).collect(Collectors.toSet()));
    }

    /** Waits until no transaction is left: calls that have been set up need this node no more. */
    @Override
    public CompletionStage<Void> drain(Duration limit) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Ticker ticker = room;
        if (ticker == null) {
            done.complete(null);
        } else {
            ticker.execute(() -> drain(ticker, limit, done));
        }
        return done;
    }

    private void drain(Ticker ticker, Duration left, CompletableFuture<Void> done) {
        SipStack draining = stack;
        if (draining == null || draining.size() == 0 || left.isNegative()) {
            done.complete(null);
        } else {
            ticker.after(DRAIN_POLL, () -> drain(ticker, left.minus(DRAIN_POLL), done));
        }
    }

    @Override
    public void stop() {
        LoadWatch looking = load;
        if (looking != null) {
            looking.close();
        }
        SipNetwork closing = network;
        network = null;
        if (closing != null) {
            closing.close();
        }
    }

    @Override
    public Health health() {
        return network == null
                ? new Health(false, "the proxy has not opened its sockets: see the log for what it waits for")
                : Health.GOOD;
    }

    /**
     * Who is not heard now, on the whole platform.
     *
     * @return nobody before {@link #start}
     */
    public List<Ban> bans() {
        Defence started = defence;
        return started == null ? List.of() : started.bans();
    }

    /**
     * What operators may say about who is heard.
     *
     * @return empty before {@link #start}
     */
    public Optional<OperatorBans> operatorBans() {
        return Optional.ofNullable(defence).map(Defence::operators);
    }

    /**
     * The open sockets, for who must know the ports really taken.
     *
     * @return the network
     * @throws IllegalStateException before {@link #start} has completed
     */
    public SipNetwork network() {
        SipNetwork opened = network;
        if (opened == null) {
            throw new IllegalStateException("the proxy has not opened its sockets yet");
        }
        return opened;
    }
}
