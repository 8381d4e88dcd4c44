package org.sipring.overlay.member;

import com.hazelcast.cluster.Address;
import com.hazelcast.instance.EndpointQualifier;
import com.hazelcast.instance.impl.Node;
import com.hazelcast.internal.cluster.impl.TcpIpJoiner;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Joins a live member, or forms a cluster when it was told to, once. Hazelcast's own joiners form a cluster of one when
 * nobody answers: never here.
 */
final class StrictJoiner extends TcpIpJoiner {
    private static final long ANSWER_MILLIS = 500;

    // A master that has not let us in after so many requests may have been followed by another.
    private static final int PATIENCE = 8;

    private final AtomicBoolean mayForm;
    private final Supplier<List<InetSocketAddress>> known;

    /**
     * A joiner.
     *
     * @param mayForm whether to form a cluster at the first join
     * @param known where members may be: asked at each attempt, and by the search for the other side of a partition
     */
    StrictJoiner(Node node, boolean mayForm, Supplier<List<InetSocketAddress>> known) {
        super(node);
        this.mayForm = new AtomicBoolean(mayForm);
        this.known = known;
    }

    @Override
    public void doJoin() {
        // Else the fifth join of a long life would make this node a master.
        reset();
        if (mayForm.compareAndSet(true, false)) {
            clusterJoinManager.setThisMemberAsMaster();
            return;
        }
        try {
            join(getTargetAddress());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void join(@Nullable Address target) throws InterruptedException {
        long attempts = getMaxJoinMillis() / ANSWER_MILLIS;
        for (long attempt = 1; shouldRetry() && attempt <= attempts; attempt++) {
            Address master = clusterService.getMasterAddress();
            if (master != null) {
                clusterJoinManager.sendJoinRequest(master);
            }
            if (master == null || attempt % PATIENCE == 0) {
                askAround(target);
            }
            clusterService.blockOnJoin(ANSWER_MILLIS);
        }
        connectToAll();
    }

    private void connectToAll() {
        clusterService.getMembers().stream()
                .filter(member -> !member.localMember())
                .forEach(member -> node.getServer()
                        .getConnectionManager(EndpointQualifier.MEMBER)
                        .getOrConnect(member.getAddress()));
    }

    /** Whoever is a member answers who the master is. */
    private void askAround(@Nullable Address target) {
        Set<Address> asked = new LinkedHashSet<>(getPossibleAddresses());
        if (target != null) {
            asked.add(target);
        }
        asked.forEach(clusterJoinManager::sendMasterQuestion);
    }

    @Override
    protected Collection<Address> getPossibleAddresses() {
        Collection<Address> addresses = super.getPossibleAddresses();
        known.get().stream()
                .filter(address -> !address.isUnresolved())
                .map(address -> new Address(address.getAddress(), address.getPort()))
                .forEach(addresses::add);
        addresses.remove(node.getThisAddress());
        return addresses;
    }

    @Override
    public String getType() {
        return "sipring";
    }
}
