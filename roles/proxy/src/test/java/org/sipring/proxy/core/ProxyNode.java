package org.sipring.proxy.core;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.sipring.api.Member;
import org.sipring.api.Meter;
import org.sipring.api.NodeId;
import org.sipring.api.Ticker;
import org.sipring.proxy.auth.Verdict;
import org.sipring.proxy.edge.EdgeRoutes;
import org.sipring.proxy.edge.FlowRef;
import org.sipring.proxy.journal.Journal;
import org.sipring.proxy.journal.JournalSettings;
import org.sipring.proxy.journal.Journals;
import org.sipring.proxy.load.LoadWatch;
import org.sipring.proxy.records.CallLog;
import org.sipring.proxy.records.CallRecord;
import org.sipring.proxy.records.LoopCalls;
import org.sipring.sip.MessageBuilder;
import org.sipring.sip.ParseResult;
import org.sipring.sip.Responses;
import org.sipring.sip.SipMessage;
import org.sipring.sip.SipUri;
import org.sipring.sip.tls.Proof;
import org.sipring.sip.transaction.SipStack;
import org.sipring.sip.transaction.TransactionLayer;
import org.sipring.sip.transport.Dialled;
import org.sipring.sip.transport.Flow;
import org.sipring.sip.transport.Receiver;
import org.sipring.sip.transport.SipLoop;
import org.sipring.sip.transport.Transport;
import org.sipring.testkit.SimOverlay;

/** A proxy of the simulated world, with one loop. Whoever has a {@code Proxy-Authorization} is who it says. */
final class ProxyNode implements SipLoop, Meter {
    static final Ringing RINGING = new Ringing(Duration.ofSeconds(200), Duration.ofSeconds(20));
    static final Duration NAT_PINGS = Duration.ofSeconds(25);

    final NodeId id;
    final String address;
    final long boot;
    final InetSocketAddress phones;
    private final InetSocketAddress links;
    private final World world;
    private final Ticker ticker;
    private final SimOverlay overlay;
    private final SipStack stack;
    private final Receiver receiver;
    private final Map<Long, Consumer<byte[]>> connections = new HashMap<>();
    private final Map<Object, Flow> dialled = new HashMap<>();
    private final Map<NodeId, Flow> linked = new HashMap<>();
    // What the other node calls a link that this one opened.
    private final Map<Flow, Flow> farEnds = new HashMap<>();
    final Map<Flow, Duration> silences = new HashMap<>();
    final Journals journals = new Journals(new JournalSettings(1 << 16, Duration.ofHours(1)), 1);
    /** Connections that may be used for requests to who opened them, by the port where that one listens. */
    final Map<Integer, Flow> aliases = new HashMap<>();

    /** What it counted, by the names of the counters. */
    final Map<String, Integer> counted = new HashMap<>();

    private final Map<String, DoubleSupplier> gauges = new HashMap<>();
    final List<CallRecord> records = new ArrayList<>();
    boolean alive = true;
    /** Its phones read too slowly for anything more to be sent over their connections. */
    boolean clogged;
    /** With these it has too many connections to open one more. */
    final Set<InetSocketAddress> full = new HashSet<>();

    Duration linkTakes = World.DELAY;
    int registers;
    /** From now on nobody may register. */
    boolean refuses;

    final CountedAccounts accounts = new CountedAccounts();
    /** Who somebody with credentials is. */
    Function<SipMessage, Verdict> callers = ProxyNode::byFrom;
    /** What arrived and is a SIP message. */
    final List<SipMessage> heard = new ArrayList<>();

    ProxyNode(World world, NodeId id, String address) {
        this.world = world;
        this.id = id;
        this.address = address;
        boot = world.nextConnection();
        phones = new InetSocketAddress(address, 5060);
        links = new InetSocketAddress(address, 5066);
        ticker = world.time.ticker();
        overlay = new SimOverlay(id, ticker);
        Platform platform = new Platform(
                overlay,
                boot,
                world.names,
                new EdgeRoutes(world.names, world),
                RINGING,
                world.history,
                NatPinging.of(NAT_PINGS, this));
        ProxyCore.Services services = new ProxyCore.Services(new Registrar(), this::judge, world::find, world.foreign);
        stack = new SipStack(
                world.stacks, world.chance, this, layer -> core(platform, layer, services), loop -> accounts);
        receiver = stack.attach(this);
    }

    private ProxyCore core(Platform platform, TransactionLayer layer, ProxyCore.Services services) {
        Journal journal = journals.open(ticker);
        CallLog log = new CallLog(id, records::add, Duration.ofHours(2), 10);
        log.watch(ticker);
        return new ProxyCore(platform, layer, services, journal, new LoopCalls(log, ticker, journal));
    }

    private final class Registrar implements Registrations {
        @Override
        public CompletableFuture<SipMessage> register(SipMessage request, Flow flow) {
            registers++;
            if (refuses) {
                return CompletableFuture.completedFuture(Responses.of(request, 403, "registrar"));
            }
            MessageBuilder ok = Responses.of(request, 200, "OK", "registrar").edit();
            String expires = request.header("Expires").orElse("120");
            request.contacts().orElse(List.of()).stream()
                    .filter(contact -> !expires.equals("0"))
                    .forEach(contact -> ok.add("Contact", '<' + contact.uri() + ">;expires=" + expires));
            request.header("Supported").ifPresent(outbound -> ok.add("Flow-Timer", "120"));
            return CompletableFuture.completedFuture(ok.build());
        }

        @Override
        public void forget(String aor, FlowRef flow, String uri) {
            world.forget(aor, flow, uri);
        }
    }

    private CompletableFuture<Verdict> judge(SipMessage request, Flow from) {
        return CompletableFuture.completedFuture(
                request.header("Proxy-Authorization").isPresent()
                        ? callers.apply(request)
                        : new Verdict.Refused(Responses.of(request, 407, "Proxy Authentication Required", "proxy")));
    }

    private static Verdict byFrom(SipMessage request) {
        Optional<String> aor = request.from().sipUri().map(SipUri::aor);
        return new Verdict.Admitted(aor.orElse(""), aor);
    }

    /** From now on it says when others are to spare it. */
    void watchLoad() {
        new LoadWatch(stack, overlay, ticker, this).start();
    }

    /** Whether it wants to be spared. */
    boolean busy() {
        return overlay.view().member(id).filter(Member::busy).isPresent();
    }

    /** How many transactions it keeps. */
    int transactions() {
        return stack.size();
    }

    void show(Member... members) {
        overlay.show(members);
        for (NodeId gone : List.copyOf(linked.keySet())) {
            if (overlay.view().member(gone).isEmpty()) {
                loseLink(gone);
            }
        }
    }

    /** The link to a node breaks, as both see that are alive. */
    void loseLink(NodeId peer) {
        Flow near = Objects.requireNonNull(linked.remove(peer));
        hearClosed(near);
        Objects.requireNonNull(world.nodes.get(peer)).hearClosed(Objects.requireNonNull(farEnds.remove(near)));
    }

    private void hearClosed(Flow link) {
        if (alive) {
            close(link);
        }
    }

    void die() {
        alive = false;
    }

    /** Something arrives, a moment later. */
    void arrives(Flow flow, byte[] message) {
        world.time.ticker().after(World.DELAY, () -> {
            if (alive) {
                ParseResult result = SipMessage.parse(message);
                if (result instanceof ParseResult.Parsed parsed) {
                    heard.add(parsed.message());
                }
                receiver.received(flow, result);
            }
        });
    }

    /** A peer opens a connection; gives what the node sees. */
    Flow accept(Transport transport, InetSocketAddress remote, @Nullable NodeId peer, Consumer<byte[]> sink) {
        long connection = world.nextConnection();
        connections.put(connection, sink);
        return new Flow(transport, transport == Transport.NODE ? links : phones, remote, connection, peer);
    }

    Flow acceptPhone(Transport transport, InetSocketAddress remote, Consumer<byte[]> sink) {
        long connection = world.nextConnection();
        connections.put(connection, sink);
        return new Flow(transport, phones, remote, connection, null);
    }

    void close(Flow flow) {
        connections.remove(flow.connection());
        dialled.values().removeIf(flow::equals);
        receiver.closed(flow);
    }

    /** A connection that this node opened breaks. */
    void loseDialled(InetSocketAddress remote) {
        close(Objects.requireNonNull(dialled.get(remote)));
    }

    @Override
    public int index() {
        return 0;
    }

    @Override
    public Ticker ticker() {
        return ticker;
    }

    @Override
    public Flow udp(InetSocketAddress remote) {
        return Flow.udp(phones, remote);
    }

    @Override
    public InetSocketAddress local(Transport transport) {
        return transport == Transport.NODE ? links : phones;
    }

    @Override
    public boolean send(Flow flow, byte[] message) {
        if (flow.transport() == Transport.UDP) {
            Phone phone = world.phones.get(flow.remote());
            if (phone != null) {
                phone.arrives(phones, message);
            }
            return true;
        }
        if (clogged && flow.node().isEmpty()) {
            return false;
        }
        Consumer<byte[]> sink = connections.get(flow.connection());
        if (sink != null) {
            sink.accept(message);
        }
        return sink != null;
    }

    @Override
    public boolean open(Flow flow) {
        return flow.transport() == Transport.UDP || connections.containsKey(flow.connection());
    }

    @Override
    public void closeAfterSilence(Flow flow, Duration silence) {
        silences.put(flow, silence);
    }

    @Override
    public void connect(InetSocketAddress remote, Consumer<Dialled> then) {
        Phone phone = world.phones.get(remote);
        if (full.contains(remote)) {
            ticker.after(World.DELAY, () -> then.accept(Dialled.FULL));
            return;
        }
        if (phone == null || phone.transport != Transport.TCP) {
            ticker.after(World.DELAY, () -> then.accept(Dialled.NOBODY));
            return;
        }
        then.accept(Dialled.to(dialled.computeIfAbsent(
                remote, key -> acceptPhone(Transport.TCP, remote, message -> phone.arrives(phones, message)))));
    }

    @Override
    public void secure(InetSocketAddress remote, String domain, Consumer<Dialled> then) {
        Phone server = world.phones.get(remote);
        Flow open = dialled.get(remote);
        if (open != null && domain.equals(remote.getAddress().getHostAddress())) {
            then.accept(Dialled.to(open));
        } else if (server == null || server.transport != Transport.TLS) {
            ticker.after(World.DELAY, () -> then.accept(Dialled.NOBODY));
        } else if (!server.proves.contains(domain)) {
            ticker.after(World.DELAY, () -> then.accept(Dialled.IMPOSTOR));
        } else {
            Flow flow = dialled.computeIfAbsent(
                    remote, key -> acceptServer(remote, server.proves, message -> server.arrives(phones, message)));
            then.accept(Dialled.to(flow));
        }
    }

    /** A TLS connection to or from a server that has proved which domains it speaks for. */
    Flow acceptServer(InetSocketAddress remote, Set<String> proves, Consumer<byte[]> sink) {
        Flow flow = acceptPhone(Transport.TLS, remote, sink);
        Proof proof = new Proof(proves, true);
        return new Flow(flow.transport(), flow.local(), flow.remote(), flow.connection(), null, proof);
    }

    @Override
    public void alias(Flow flow, int port) {
        aliases.put(port, flow);
    }

    @Override
    public void link(NodeId node, String where, Consumer<Optional<Flow>> then) {
        ProxyNode peer = world.nodes.get(node);
        if (peer == null || !(peer.alive || linked.containsKey(node))) {
            ticker.after(linkTakes, () -> then.accept(Optional.empty()));
            return;
        }
        then.accept(Optional.of(linked.computeIfAbsent(node, key -> linkTo(peer))));
    }

    private Flow linkTo(ProxyNode peer) {
        Flow[] ends = new Flow[2];
        ends[0] = accept(Transport.NODE, peer.links, peer.id, message -> peer.arrives(ends[1], message));
        ends[1] = peer.accept(Transport.NODE, links, id, message -> arrives(ends[0], message));
        farEnds.put(ends[0], ends[1]);
        return ends[0];
    }

    @Override
    public Runnable counter(String name, String help, String... labels) {
        return () -> counted.merge(name, 1, Integer::sum);
    }

    @Override
    public void gauge(String name, String help, DoubleSupplier value, String... labels) {
        gauges.put(name, value);
    }

    /** What a gauge shows now. */
    double gauge(String name) {
        return Objects.requireNonNull(gauges.get(name)).getAsDouble();
    }
}
