package org.sipring.overlay.member;

import com.hazelcast.cluster.Address;
import com.hazelcast.cluster.Member;
import com.hazelcast.config.Config;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceNotActiveException;
import com.hazelcast.instance.impl.HazelcastInstanceFactory;
import com.hazelcast.instance.impl.HazelcastInstanceImpl;
import com.hazelcast.instance.impl.HazelcastInstanceProxy;
import com.hazelcast.instance.impl.Node;
import com.hazelcast.internal.server.ServerConnection;
import com.hazelcast.internal.server.tcp.TcpServerConnection;
import com.hazelcast.spi.impl.NodeEngine;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sipring.api.Identity;
import org.sipring.api.NodeId;
import org.sipring.overlay.tls.TlsGate;
import org.sipring.overlay.tls.TlsLimits;

/** One life of this node as a Hazelcast member. Callable from any thread. */
public final class OverlayMember {
    private final Passport passport;
    private final InetSocketAddress listen;
    private final NodeChores chores = new NodeChores();
    private final TlsGate gate;
    private volatile @Nullable HazelcastInstance instance;

    /**
     * A member that has not started.
     *
     * @param identity this node's certificate
     * @param passport what it claims
     * @param listen its own address and port
     * @param limits against strangers
     * @param greeting what to tell a node that asks who is here
     */
    public OverlayMember(
            Identity identity,
            Passport passport,
            InetSocketAddress listen,
            TlsLimits limits,
            Supplier<byte[]> greeting) {
        this.passport = passport;
        this.listen = listen;
        this.gate = new TlsGate(
                identity, limits, chores, greeting, (peer, why) -> chores.execute(() -> evict(peer.node(), why)));
    }

    /**
     * Starts it and waits until it has joined; takes seconds.
     *
     * @param config from {@link MemberSettings#config}, completed
     * @param form whether it forms a cluster; else it joins one and never forms
     * @param known where members may be; also asked later, for the other side of a healed partition
     * @return why the cluster refused this node, or empty when it has joined
     * @throws IllegalStateException when it could not join for another reason; it has been stopped
     */
    public Optional<String> start(Config config, boolean form, Supplier<List<InetSocketAddress>> known) {
        RefusalListener refusals = new RefusalListener();
        MemberContext context =
                new MemberContext(listen, passport, gate, chores, new MemberContext.Mandate(form, known, refusals));
        try {
            instance = HazelcastInstanceFactory.newHazelcastInstance(config, config.getInstanceName(), context);
        } catch (IllegalStateException e) {
            Optional<String> refused = refusals.reason();
            if (refused.isEmpty()) {
                throw e;
            }
            return refused;
        }
        return Optional.empty();
    }

    /**
     * Hazelcast.
     *
     * @return the running instance
     * @throws IllegalStateException before the start
     */
    public HazelcastInstance hazelcast() {
        HazelcastInstance running = instance;
        if (running == null) {
            throw new IllegalStateException("the overlay member has not started");
        }
        return running;
    }

    /**
     * Hazelcast's inside.
     *
     * @return the engine of the running instance
     * @throws IllegalStateException before the start
     */
    public NodeEngine engine() {
        return node(hazelcast()).getNodeEngine();
    }

    /**
     * This node's name.
     *
     * @return as its passport says
     */
    public NodeId self() {
        return passport.node();
    }

    /**
     * Who sent something.
     *
     * @param connection where it came in; null for this node itself
     * @return the sender as its certificate names it; empty when the connection is gone
     */
    public Optional<NodeId> sender(@Nullable ServerConnection connection) {
        if (connection == null) {
            return Optional.of(passport.node());
        }
        return gate.peer(((TcpServerConnection) connection).getChannel()).map(Identity.Holder::node);
    }

    /**
     * The cluster's members.
     *
     * @return in the order of joining; empty when this node is none, or no longer
     */
    public List<Seat> seats() {
        List<Seat> seats = new ArrayList<>();
        for (Member member : members()) {
            Passport.node(member.getAttributes())
                    .ifPresent(node ->
                            seats.add(new Seat(member.getUuid(), node, Passport.roles(member.getAttributes()))));
        }
        return seats;
    }

    /**
     * Where a member is.
     *
     * @param node its name
     * @return its address; empty when it is no member
     */
    public Optional<Address> address(NodeId node) {
        return members().stream()
                .filter(member -> Passport.node(member.getAttributes()).equals(Optional.of(node)))
                .map(Member::getAddress)
                .findFirst();
    }

    private List<Member> members() {
        try {
            return List.copyOf(hazelcast().getCluster().getMembers());
        } catch (HazelcastInstanceNotActiveException e) {
            return List.of();
        }
    }

    /** Judges every connected peer again; those who fail are cut off and evicted. Returns at once. */
    public void judgeAgain() {
        chores.execute(gate::judgeAgain);
    }

    /** Stops at once, telling nobody: for a start that went wrong. */
    public void terminate() {
        HazelcastInstance running = instance;
        if (running != null) {
            running.getLifecycleService().terminate();
        }
    }

    /** Hands its data to the others and leaves; takes up to 15 seconds. */
    public void leave() {
        HazelcastInstance running = instance;
        if (running != null) {
            running.shutdown();
        }
    }

    private void evict(NodeId name, String why) {
        HazelcastInstance running = instance;
        if (running == null) {
            return;
        }
        Node node = node(running);
        for (Member member : node.getClusterService().getMembers()) {
            if (Passport.node(member.getAttributes()).filter(name::equals).isPresent()) {
                node.getClusterService().suspectMember(member, why, true);
            }
        }
    }

    private static Node node(HazelcastInstance running) {
        HazelcastInstanceImpl original =
                running instanceof HazelcastInstanceProxy proxy ? proxy.getOriginal() : (HazelcastInstanceImpl) running;
        return original.node;
    }
}
