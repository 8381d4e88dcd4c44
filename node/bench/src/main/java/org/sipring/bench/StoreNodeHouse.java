package org.sipring.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sipring.api.Chance;
import org.sipring.api.NodeId;
import org.sipring.api.RoleName;
import org.sipring.api.Ticker;
import org.sipring.certs.IdentityFolder;
import org.sipring.overlay.HazelcastOverlay;
import org.sipring.overlay.OverlaySettings;
import org.sipring.overlay.Surroundings;
import org.sipring.overlay.forming.Seeds;
import org.sipring.overlay.forming.Wish;
import org.sipring.overlay.tls.TlsLimits;
import org.sipring.runtime.Rooms;
import org.sipring.runtime.SystemChance;
import org.sipring.runtime.SystemTime;
import org.sipring.runtime.Workers;
import org.sipring.store.discovery.ReplicaFlood;
import org.sipring.store.mirror.MirrorServer;
import org.sipring.store.mirror.MirrorStore;
import org.sipring.store.node.NodeStore;
import org.sipring.store.patience.Patience;
import org.sipring.store.raft.FounderNote;
import org.sipring.store.raft.Replica;
import org.sipring.store.raft.StoreNode;

/** A node's overlay and store, wired as a whole node wires them. */
final class StoreNodeHouse implements AutoCloseable {
    private static final int STORE_PORT = 7610;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration EVERY = Duration.ofSeconds(1);

    private final Rooms rooms = new Rooms();
    private final Workers workers = new Workers("bench-worker");
    private final Chance chance = new SystemChance();
    private final Site site;
    private final IdentityFolder identity;
    private final HazelcastOverlay overlay;
    private final Ticker room = rooms.open("store");
    private final ReplicaFlood replicas;
    private final Optional<StoreNode> node;
    private final NodeStore documents;

    /**
     * Where a node is.
     *
     * @param identity the folder of its identity
     * @param data its data folder
     * @param address its IP address
     * @param keeps whether it keeps a replica
     * @param wish how it comes onto its platform
     * @param seed the address of a node that is there already; its own for the first
     */
    record Site(Path identity, Path data, String address, boolean keeps, Wish wish, String seed) {
        static Site of(String... words) {
            return new Site(
                    Path.of(words[0]),
                    Path.of(words[1]),
                    words[2],
                    Boolean.parseBoolean(words[3]),
                    Wish.valueOf(words[4]),
                    words[5]);
        }

        List<String> words() {
            return List.of(identity.toString(), data.toString(), address, Boolean.toString(keeps), wish.name(), seed);
        }

        Path store() {
            return data.resolve("store");
        }
    }

    private StoreNodeHouse(Site site) throws Exception {
        this.site = site;
        identity = IdentityFolder.load(site.identity(), SystemTime.clock());
        overlay = new HazelcastOverlay(settings(), surroundings());
        replicas = new ReplicaFlood(overlay, room, identity::revoked);
        replicas.listen();
        overlay.start(site.wish());
        node = site.keeps() ? Optional.of(keep()) : Optional.empty();
        documents = new NodeStore(node.map(StoreNode::store), mirror());
        look();
    }

    static StoreNodeHouse start(Site site) throws Exception {
        return new StoreNodeHouse(site);
    }

    private OverlaySettings settings() {
        return new OverlaySettings(
                new InetSocketAddress(site.address(), OverlaySettings.PORT),
                site.data(),
                site.keeps() ? Set.of(RoleName.STORE) : Set.of(RoleName.PROXY),
                100,
                "bench",
                TlsLimits.DEFAULT);
    }

    private Surroundings surroundings() {
        // Who begins a platform must find none in DNS.
        List<InetSocketAddress> others = site.seed().equals(site.address())
                ? List.of()
                : List.of(new InetSocketAddress(site.seed(), OverlaySettings.PORT));
        Seeds seeds = () -> Optional.of(others);
        return new Surroundings(
                identity,
                seeds,
                rooms.open("overlay"),
                chance,
                workers,
                platform -> new FounderNote(site.store()).write(platform),
                System.err::println);
    }

    private StoreNode keep() throws IOException {
        String platform = overlay.view().platform();
        MirrorServer server = MirrorServer.start(overlay, rooms.open("store-server"), chance);
        StoreNode started = StoreNode.start(
                new Replica.Site(
                        site.store(),
                        overlay.self(),
                        new InetSocketAddress(site.address(), STORE_PORT),
                        FounderNote.group(platform),
                        new FounderNote(site.store()).names(platform)),
                identity,
                chance,
                replicas,
                new StoreNode.House(room, rooms.open("store-keeper"), workers, server));
        server.serve(started.store().source());
        replicas.tell(started::self, identity::serial);
        return started;
    }

    private MirrorStore mirror() {
        return new MirrorStore(overlay, chance, new Patience(room, PATIENCE), () -> replicas.running().stream()
                .map(peer -> peer.name().node())
                .toList());
    }

    private void look() {
        documents.look();
        room.after(EVERY, this::look);
    }

    NodeStore documents() {
        return documents;
    }

    IdentityFolder identity() {
        return identity;
    }

    /** Its time may be read on any thread. */
    Ticker clock() {
        return room;
    }

    Chance chance() {
        return chance;
    }

    /** How many keep the store, and who leads them: two words. */
    String keepers() {
        return node.flatMap(StoreNode::keepers)
                .map(keepers -> keepers.nodes().size() + " "
                        + keepers.leader().map(NodeId::value).orElse("nobody"))
                .orElse("0 nobody");
    }

    @Override
    public void close() throws IOException {
        try (rooms;
                workers;
                overlay) {
            if (node.isPresent()) {
                node.get().close();
            }
        }
    }
}
