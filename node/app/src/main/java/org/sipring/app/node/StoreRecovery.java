package org.sipring.app.node;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.stream.Collectors;
import org.sipring.api.Identity;
import org.sipring.api.NodeId;
import org.sipring.runtime.settings.Settings;
import org.sipring.store.raft.Recovery;

/** The last way back to the platform's documents, on the disk of a node that does not run. For one thread. */
public final class StoreRecovery implements AutoCloseable {
    private final Recovery replica;
    private final NodeId node;
    private final InetSocketAddress address;

    private StoreRecovery(Recovery replica, NodeId node, InetSocketAddress address) {
        this.replica = replica;
        this.node = node;
        this.address = address;
    }

    /**
     * Opens a node's replica; nothing is changed.
     *
     * @param identity the node's
     * @param settings the node's
     * @return it, to be closed
     * @throws IOException when there is none, or the node runs; the message says what to do
     */
    public static StoreRecovery open(Identity identity, Settings settings) throws IOException {
        StorePlace place = StorePlace.of(
                settings, Hosts.address("node.address", settings.node().address()));
        NodeId node = identity.self().node();
        return new StoreRecovery(Recovery.open(place.dir(), node), node, place.address());
    }

    /**
     * What there is.
     *
     * @return a sentence
     */
    public String found() {
        return node + " keeps the documents up to change " + replica.last() + ", together with "
                + (others().isEmpty()
                        ? "nobody"
                        : others().stream().map(NodeId::value).collect(Collectors.joining(", ")))
                + '.';
    }

    /**
     * The other nodes that kept the documents, as far as this one knows.
     *
     * @return without this one
     */
    public List<NodeId> others() {
        return replica.keepers().stream().filter(keeper -> !keeper.equals(node)).toList();
    }

    /**
     * Makes this node the only one that keeps the documents.
     *
     * @throws IOException when it cannot be noted; then nothing is changed
     */
    public void alone() throws IOException {
        replica.alone(address);
    }

    @Override
    public void close() throws IOException {
        replica.close();
    }
}
