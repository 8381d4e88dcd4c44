package org.sipring.proxy.core;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.sipring.accounts.Account;
import org.sipring.accounts.CallRules;
import org.sipring.accounts.domain.Domain;
import org.sipring.accounts.domain.DomainStore;
import org.sipring.accounts.domain.HostedDomains;
import org.sipring.accounts.domain.LiveDomains;
import org.sipring.accounts.domain.PinnedDomains;
import org.sipring.api.Member;
import org.sipring.api.NodeId;
import org.sipring.api.NodeState;
import org.sipring.api.RoleName;
import org.sipring.proxy.edge.Edge;
import org.sipring.proxy.edge.EdgeNames;
import org.sipring.proxy.edge.FlowRef;
import org.sipring.proxy.foreign.ForeignPolicy;
import org.sipring.proxy.keys.Key;
import org.sipring.proxy.keys.Keys;
import org.sipring.sip.transaction.StackSettings;
import org.sipring.sip.transaction.TimerSettings;
import org.sipring.sip.transport.Flow;
import org.sipring.sip.transport.Transport;
import org.sipring.store.MemoryStore;
import org.sipring.testkit.SimChance;
import org.sipring.testkit.SimTime;

/** Proxies and phones on one simulated network, in one thread. Messages take a millisecond. */
final class World implements Keys {
    static final Duration DELAY = Duration.ofMillis(1);
    static final String DOMAIN = "sipring.test";
    static final String HOSTED = "customer.test";

    final SimTime time = new SimTime();
    final SimChance chance = new SimChance(1);
    final Map<NodeId, ProxyNode> nodes = new LinkedHashMap<>();
    final Map<InetSocketAddress, Phone> phones = new HashMap<>();
    final Map<String, List<Locations.Registered>> registered = new HashMap<>();
    private final Map<String, Account> accounts = new HashMap<>();
    private final Map<String, String> aliases = new HashMap<>();
    /** The flows that the registrar was told of as lost. */
    final List<FlowRef> forgotten = new ArrayList<>();

    /** The domains of others. */
    final DomainStore domains = new DomainStore(new MemoryStore());

    private final HostedDomains hosted = LiveDomains.open(
            new PinnedDomains(DOMAIN, List.of(), List.of(new Domain(HOSTED, List.of(), true))), domains);
    final EdgeNames names;
    final StackSettings stacks;
    final Others others = new Others(time, chance);
    final Foreign foreign;
    final boolean history;
    /** From now on what the registrar answers breaks whoever reads it. */
    boolean broken;

    /** From now on the registrar fails at once. */
    boolean throwing;

    private final Key key = new Key(7, 0, new byte[32]);
    private final CompletableFuture<Locations.Located> asked = new CompletableFuture<>();
    private Duration knownFrom = Duration.ZERO;
    private long connections;

    World(EdgeNames.Style style, int proxies) {
        this(style, proxies, ForeignPolicy.CLOSED);
    }

    World(EdgeNames.Style style, int proxies, ForeignPolicy policy) {
        this(style, proxies, policy, false);
    }

    /** A world where the proxies record where requests are sent, RFC 7044, or not. */
    World(EdgeNames.Style style, int proxies, ForeignPolicy policy, boolean history) {
        this(style, proxies, policy, history, StackSettings.DEFAULT);
    }

    private World(EdgeNames.Style style, int proxies, ForeignPolicy policy, boolean history, StackSettings stacks) {
        this.history = history;
        this.stacks = stacks;
        foreign = others.foreign(policy);
        names = new EdgeNames(DOMAIN, host -> hosted.named(host).isPresent(), style);
        for (int i = 1; i <= proxies; i++) {
            NodeId id = new NodeId("n" + i);
            nodes.put(id, new ProxyNode(this, id, "10.0.0." + i));
        }
        show();
    }

    /** Proxies that keep so few transactions. */
    static World small(int proxies, int most) {
        return new World(
                EdgeNames.Style.NAME,
                proxies,
                ForeignPolicy.CLOSED,
                false,
                new StackSettings(TimerSettings.DEFAULT, most));
    }

    static World of(int proxies) {
        return new World(EdgeNames.Style.NAME, proxies);
    }

    ProxyNode node(String name) {
        return Objects.requireNonNull(nodes.get(new NodeId(name)));
    }

    Phone udp(String user, String address) {
        return udp(user, address, 5070);
    }

    Phone udp(String user, String address, int port) {
        return phone(user, new InetSocketAddress(address, port), Transport.UDP);
    }

    Phone tcp(String user, String address) {
        return phone(user, new InetSocketAddress(address, 5070), Transport.TCP);
    }

    Phone tls(String user, String address) {
        return phone(user, new InetSocketAddress(address, 5071), Transport.TLS);
    }

    private Phone phone(String user, InetSocketAddress address, Transport transport) {
        Phone phone = new Phone(this, user, address, transport);
        phones.put(phone.address, phone);
        registered.putIfAbsent(phone.aor(), List.of());
        return phone;
    }

    /** Lets a phone register at a node, as much preferred as any. */
    void register(Phone phone, String node, String... path) {
        register(phone, node, 1, path);
    }

    /** Lets a phone register at a node, preferred by so much. */
    void register(Phone phone, String node, double q, String... path) {
        register(phone, node, q, 0, path);
    }

    /** Lets a phone register one of its flows, RFC 5626. */
    void registerFlow(Phone phone, String node, int regId) {
        register(phone, node, 1, regId);
    }

    private void register(Phone phone, String node, double q, int regId, String... path) {
        phone.attach(node(node));
        Flow flow = phone.flowAt(node(node));
        Edge edge = new Edge(phone.aor(), phone.instance, regId, FlowRef.of(new NodeId(node), node(node).boot, flow));
        List<Locations.Registered> all = new ArrayList<>(Objects.requireNonNull(registered.get(phone.aor())));
        all.add(0, new Locations.Registered(phone.contact(), edge, List.of(path), q));
        all.sort(Comparator.comparingDouble(contact -> -contact.q()));
        registered.put(phone.aor(), all);
    }

    /** The registrar answers at last; null is what none may answer. */
    @SuppressWarnings("NullAway")
    void answerBroken() {
        asked.complete(null);
    }

    /** For so long nobody can tell who is registered where. */
    void hideRegistrations(Duration howLong) {
        knownFrom = time.elapsed().plus(howLong);
    }

    CompletableFuture<Locations.Located> find(Locations.Address address) {
        if (throwing) {
            throw new IllegalStateException("made by the test");
        }
        if (broken) {
            return asked;
        }
        if (time.elapsed().compareTo(knownFrom) < 0) {
            return CompletableFuture.failedFuture(new IllegalStateException("nobody can tell now"));
        }
        String aor = aliases.getOrDefault(address.user(), address.user());
        List<Locations.Registered> found = registered.get(aor);
        return CompletableFuture.completedFuture(
                found == null
                        ? Locations.Located.UNKNOWN
                        : new Locations.Located(
                                Optional.of(account(aor)),
                                found.stream()
                                        .filter(contact -> named(address.gruu(), contact))
                                        .toList()));
    }

    private Account account(String aor) {
        return accounts.computeIfAbsent(aor, key -> Account.of(key, Map.of()));
    }

    /** From now on that becomes of calls to a user. */
    void rules(Phone user, CallRules rules) {
        accounts.put(user.aor(), account(user.aor()).withRules(rules));
    }

    /** From now on a user may not use the platform. */
    void disable(Phone user) {
        accounts.put(user.aor(), account(user.aor()).withEnabled(false));
    }

    /** From now on an address is a user's as well. */
    void alias(String address, Phone user) {
        aliases.put(address, user.aor());
    }

    private static boolean named(Optional<String> gruu, Locations.Registered contact) {
        String phone = Integer.toString(contact.edge().instance());
        return gruu.filter(name -> !name.equals(phone)).isEmpty();
    }

    /** A contact leads nowhere any more. */
    void forget(String aor, FlowRef flow, String uri) {
        forgotten.add(flow);
        List<Locations.Registered> left = new ArrayList<>(Objects.requireNonNull(registered.get(aor)));
        left.removeIf(
                contact -> contact.edge().flow().equals(flow) && contact.uri().equals(uri));
        registered.put(aor, left);
    }

    /** Ends a node; the others see it only when {@link #show} is called. */
    void kill(String node) {
        node(node).die();
    }

    /** Shows all nodes who is alive. */
    void show() {
        Member[] members = nodes.values().stream()
                .filter(node -> node.alive)
                .map(World::member)
                .toArray(Member[]::new);
        nodes.values().stream().filter(node -> node.alive).forEach(node -> node.show(members));
    }

    private static Member member(ProxyNode node) {
        Set<RoleName> roles = Set.of(RoleName.PROXY);
        return new Member(node.id, node.address, roles, 100, "test", NodeState.READY, node.boot, node.boot, false)
                .spared(node.busy());
    }

    long nextConnection() {
        return ++connections;
    }

    void pass(Duration duration) {
        time.advance(duration);
    }

    /** Lets everything that is under way arrive, and what that causes. */
    void settle() {
        time.advance(Duration.ofMillis(100));
    }

    @Override
    public Key newest() {
        return key;
    }

    @Override
    public Optional<Key> find(int id) {
        return id == key.id() ? Optional.of(key) : Optional.empty();
    }
}
