package org.sipring.app.world;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.sipring.api.NodeId;
import org.sipring.api.Ticker;
import org.sipring.sip.SipMessage;
import org.sipring.sip.transport.Dialled;
import org.sipring.sip.transport.Flow;
import org.sipring.sip.transport.NetworkSettings;
import org.sipring.sip.transport.Receiver;
import org.sipring.sip.transport.SipLoop;
import org.sipring.sip.transport.SipNetwork;
import org.sipring.sip.transport.Transport;
import org.sipring.testkit.SimHost;

/** The sockets of one process, a node's or a phone's, with one loop. */
final class Station implements SipNetwork, SipLoop {
    static final int SIP = 5060;

    private final Wires wires;
    private final NodeId name;
    private final SimHost host;
    private final Ticker ticker;
    private final InetSocketAddress phones;
    private final InetSocketAddress nodes;
    private final Map<Long, Stream.End> ends = new HashMap<>();
    private final Map<Object, Dial> dials = new HashMap<>();
    private final Set<Integer> invites = new HashSet<>();
    private @Nullable Receiver receiver;

    Station(Wires wires, NodeId name, SimHost host, InetAddress address) {
        this.wires = wires;
        this.name = name;
        this.host = host;
        ticker = host.ticker();
        phones = new InetSocketAddress(address, SIP);
        nodes = new InetSocketAddress(address, NetworkSettings.NODE_PORT);
    }

    /** Opens the sockets. */
    Station open(Function<SipLoop, Receiver> receivers) {
        receiver = receivers.apply(this);
        wires.listen(phones, this);
        wires.listen(nodes, this);
        return this;
    }

    NodeId name() {
        return name;
    }

    boolean serving() {
        return receiver != null && alive();
    }

    boolean alive() {
        return !host.killed();
    }

    boolean running() {
        return host.running();
    }

    /** The process is about to be killed: its machine tells all peers. */
    void die() {
        List.copyOf(ends.values()).forEach(Stream.End::finish);
    }

    void hear(Flow flow, byte[] message) {
        Receiver heard = receiver;
        if (heard == null) {
            return;
        }
        if (message[0] == 'I' && !invites.add(Arrays.hashCode(message))) {
            wires.repeatInvite();
        }
        try {
            heard.received(flow, SipMessage.parse(message));
        } catch (RuntimeException bug) {
            wires.judge().require(false, name + " cannot work on a message: " + bug);
        }
    }

    void add(Stream.End end) {
        ends.put(end.flow().connection(), end);
    }

    void remove(Stream.End end) {
        ends.remove(end.flow().connection());
        dials.values().removeIf(dial -> dial.gave(end.flow()));
        if (receiver != null) {
            receiver.closed(end.flow());
        }
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
        return transport == Transport.NODE ? nodes : phones;
    }

    @Override
    public boolean send(Flow flow, byte[] message) {
        if (flow.transport() == Transport.UDP) {
            wires.at(flow.remote())
                    .ifPresent(there -> wires.carry(this, there, () -> there.hear(there.udp(phones), message)));
            return true;
        }
        Stream.End end = ends.get(flow.connection());
        if (end != null) {
            end.send(message);
        }
        return end != null;
    }

    @Override
    public boolean open(Flow flow) {
        return flow.transport() == Transport.UDP || ends.containsKey(flow.connection());
    }

    @Override
    public void closeAfterSilence(Flow flow, Duration silence) {}

    @Override
    public void connect(InetSocketAddress remote, Consumer<Dialled> then) {
        dial(
                remote,
                new Dial(wires, this, remote, Transport.TCP),
                flow -> then.accept(flow.map(Dialled::to).orElse(Dialled.NOBODY)));
    }

    @Override
    public void secure(InetSocketAddress remote, String domain, Consumer<Dialled> then) {
        then.accept(Dialled.NOBODY);
    }

    @Override
    public void alias(Flow flow, int port) {}

    @Override
    public void link(NodeId node, String address, Consumer<Optional<Flow>> then) {
        InetSocketAddress remote = new InetSocketAddress(address, NetworkSettings.NODE_PORT);
        dial(node, new Dial(wires, this, remote, Transport.NODE), then);
    }

    private void dial(Object where, Dial fresh, Consumer<Optional<Flow>> then) {
        Dial dial = dials.computeIfAbsent(where, key -> fresh);
        dial.hear(then);
        if (dial == fresh) {
            dial.begin();
        }
    }

    void forget(Dial dial) {
        dials.values().remove(dial);
    }

    @Override
    public InetSocketAddress phones() {
        return phones;
    }

    @Override
    public InetSocketAddress nodes() {
        return nodes;
    }

    @Override
    public int connections() {
        return ends.size();
    }

    @Override
    public void keepLinks(Set<NodeId> alive) {
        List.copyOf(ends.values()).stream()
                .filter(end ->
                        end.flow().node().filter(peer -> !alive.contains(peer)).isPresent())
                .forEach(Stream.End::close);
    }

    @Override
    public void close() {
        die();
        receiver = null;
    }

    @Override
    public String toString() {
        return name.value();
    }
}
