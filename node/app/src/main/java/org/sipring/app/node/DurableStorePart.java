package org.sipring.app.node;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Stream;
import org.sipring.api.Backups;
import org.sipring.api.Chance;
import org.sipring.api.Envelopes;
import org.sipring.api.NodeId;
import org.sipring.api.Overlay;
import org.sipring.api.Replicas;
import org.sipring.api.RoleName;
import org.sipring.api.Store;
import org.sipring.api.StoreCollection;
import org.sipring.api.Ticker;
import org.sipring.certs.Envelope;
import org.sipring.certs.IdentityFolder;
import org.sipring.certs.NodeEnvelopes;
import org.sipring.runtime.Rooms;
import org.sipring.runtime.Workers;
import org.sipring.store.archive.Copies;
import org.sipring.store.archive.StoreBackups;
import org.sipring.store.archive.WholeStore;
import org.sipring.store.discovery.ReplicaFlood;
import org.sipring.store.group.GroupDocuments;
import org.sipring.store.group.ReplicaName;
import org.sipring.store.mirror.MirrorServer;
import org.sipring.store.mirror.MirrorStore;
import org.sipring.store.node.NodeStore;
import org.sipring.store.node.ReplicaOrders;
import org.sipring.store.patience.Patience;
import org.sipring.store.raft.FounderNote;
import org.sipring.store.raft.Keepers;
import org.sipring.store.raft.Replica;
import org.sipring.store.raft.StoreNode;
import org.sipring.store.secret.KeyDesk;
import org.sipring.store.secret.Secrets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The platform's documents on disks: this node keeps a replica, or follows that of another. Those with secrets are sealed
 * there.
 */
final class DurableStorePart implements StorePart {
    private static final Logger LOG = LoggerFactory.getLogger(DurableStorePart.class);

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration EVERY = Duration.ofSeconds(1);

    private final StorePlace place;
    private final IdentityFolder identity;
    private final Overlay overlay;
    private final Chance chance;
    private final Rooms rooms;
    private final Workers closing;
    private final Ticker room;
    private final ReplicaFlood replicas;
    private final StoreAlarms alarms;
    private volatile Optional<Running> running = Optional.empty();

    /** What runs once it has started. */
    private record Running(
            Optional<StoreNode> node,
            NodeStore documents,
            GroupDocuments group,
            KeyDesk keys,
            WholeStore store,
            Optional<Copies> copies) {
        boolean isReadable() {
            return documents.isReadable() && keys.isOpen();
        }
    }

    /**
     * Starts nothing.
     *
     * @param place where it is
     * @param identity who this node is
     * @param overlay the way to the others
     * @param chance randomness
     * @param rooms rooms for it
     * @param closing threads for the end of connections
     */
    DurableStorePart(
            StorePlace place, IdentityFolder identity, Overlay overlay, Chance chance, Rooms rooms, Workers closing) {
        this.place = place;
        this.identity = identity;
        this.overlay = overlay;
        this.chance = chance;
        this.rooms = rooms;
        this.closing = closing;
        room = rooms.open("store");
        replicas = new ReplicaFlood(overlay, room, identity::revoked);
        alarms = new StoreAlarms(room::nanos);
    }

    @Override
    public void start() throws Exception {
        boolean founds = new FounderNote(place.dir()).names(platform());
        replicas.listen();
        Optional<StoreNode> node = place.keeps() ? Optional.of(keep(founds)) : Optional.empty();
        Running started = over(node);
        running = Optional.of(started);
        new StoreWait(room, started.documents()::isReadable, this::missing).await();
        catchUp(started.documents());
        started.keys().start(founds);
        identity.onChange(started.keys()::renew);
        new StoreWait(room, started.keys()::isOpen, () -> "no node has given this one the platform's keys yet").await();
        started.copies().ifPresent(Copies::start);
    }

    // What others wrote while this node was away must be known before phones ask it.
    private static void catchUp(NodeStore documents) throws InterruptedException {
        try {
            documents.catchUp().toCompletableFuture().get();
        } catch (ExecutionException cutOff) {
            LOG.warn("documents may be old, this node goes on with what it has: {}", cutOff.getMessage());
        }
    }

    private String platform() {
        return overlay.view().platform();
    }

    private StoreNode keep(boolean founds) throws IOException {
        MirrorServer server = MirrorServer.start(overlay, rooms.open("store-server"), chance);
        Replica.Site site =
                new Replica.Site(place.dir(), overlay.self(), place.address(), FounderNote.group(platform()), founds);
        StoreNode.House house = new StoreNode.House(room, rooms.open("store-keeper"), closing, server);
        StoreNode node = StoreNode.start(site, identity, chance, replicas, house);
        server.serve(node.store().source());
        replicas.tell(node::self, identity::serial);
        return node;
    }

    private Running over(Optional<StoreNode> node) {
        MirrorStore mirror = new MirrorStore(overlay, chance, new Patience(room, PATIENCE), this::known);
        NodeStore documents = new NodeStore(node.map(StoreNode::store), mirror);
        look(documents);
        Envelopes envelopes = new StoreEnvelopes(new NodeEnvelopes(identity), this::whenResealed);
        Secrets secrets = new Secrets(documents, envelopes, overlay.self(), chance);
        KeyDesk keys = new KeyDesk(secrets, envelopes, documents, overlay, room);
        WholeStore store = secrets.sealing(StoreCollection.sealed());
        boolean copied = node.isPresent() && place.copies().keep() > 0;
        return new Running(
                node,
                documents,
                new GroupDocuments(documents),
                keys,
                store,
                copied ? Optional.of(copies(store, envelopes)) : Optional.empty());
    }

    private Copies copies(WholeStore store, Envelopes envelopes) {
        Copies.Plan plan =
                new Copies.Plan(place.copies().every(), place.copies().keep());
        Copies.Readers readers = CopiesPart.readers(place.copies(), envelopes);
        return new Copies(origin(), plan, readers, store, chance, rooms.open("store-copies"));
    }

    private void whenResealed(Runnable forget) {
        running.flatMap(Running::copies).ifPresentOrElse(copies -> copies.whenResealed(forget), forget);
    }

    private void look(NodeStore documents) {
        documents.look();
        room.after(EVERY, () -> look(documents));
    }

    private List<NodeId> known() {
        return replicas.running().stream().map(peer -> peer.name().node()).toList();
    }

    private String missing() {
        return known().isEmpty()
                ? "no node of the platform is known to keep them: start one that has the role " + RoleName.STORE
                : "of " + known() + ", none could give them yet: see the logs there";
    }

    @Override
    public void stop() throws IOException {
        Optional<StoreNode> node = running.flatMap(Running::node);
        if (node.isPresent()) {
            node.get().close();
        }
    }

    @Override
    public Store store() {
        return running.orElseThrow(() -> new IllegalStateException("the store has not started"))
                .store();
    }

    @Override
    public Optional<Backups> backups() {
        return running.map(started ->
                new StoreBackups(origin(), started.documents(), started.store(), chance, rooms.open("store-backup")));
    }

    private StoreBackups.Origin origin() {
        return new StoreBackups.Origin(
                identity.self().domain(), overlay.self().value(), place.backups(), Envelope::seal);
    }

    @Override
    public Optional<Replicas> replicas() {
        return running.map(started -> new ReplicaOrders(started.group(), replicas));
    }

    @Override
    public StoreState state() {
        return new StoreState(
                true,
                running.filter(Running::isReadable).isPresent(),
                keepers(),
                keptBy(),
                nodes(GroupDocuments::unwanted));
    }

    private Optional<Keepers> keepers() {
        return running.flatMap(Running::node).flatMap(StoreNode::keepers);
    }

    private List<NodeId> keptBy() {
        return keepers().map(Keepers::nodes).orElseGet(() -> nodes(GroupDocuments::voters));
    }

    private List<NodeId> nodes(Function<GroupDocuments, Collection<ReplicaName>> which) {
        return running.map(Running::group).map(which).stream()
                .flatMap(Collection::stream)
                .map(ReplicaName::node)
                .sorted()
                .toList();
    }

    @Override
    public List<String> alarms() {
        Stream<String> trouble = running.flatMap(Running::node).flatMap(StoreNode::trouble).stream();
        Stream<String> group = alarms.of(keepers(), keptBy(), overlay.view()).stream();
        Stream<String> copies = running.flatMap(Running::copies).flatMap(Copies::alarm).stream();
        return Stream.of(trouble, group, copies).flatMap(Function.identity()).toList();
    }
}
