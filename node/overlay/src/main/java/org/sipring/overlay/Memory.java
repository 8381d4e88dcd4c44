package org.sipring.overlay;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.sipring.api.NodeId;
import org.sipring.api.Ticker;
import org.sipring.overlay.forming.Greeting;
import org.sipring.overlay.forming.Roster;
import org.sipring.overlay.forming.RosterFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a member remembers of the platform, in memory and on disk. Callable from any thread. */
final class Memory {
    private static final Logger LOG = LoggerFactory.getLogger(Memory.class);

    // In a power cut of all, the last to die sees the others go. It must not remember itself as a platform of one,
    // for a majority of one forms without asking anybody.
    private static final Duration LASTING = Duration.ofSeconds(10);

    private final RosterFile file;
    private final Ticker room;
    private final Executor workers;
    private volatile @Nullable Roster roster;
    private volatile @Nullable NodeId self;
    private volatile Greeting.Phase phase = Greeting.Phase.WAITING;
    private volatile @Nullable Roster onDisk;

    Memory(RosterFile file, Ticker room, Executor workers) {
        this.file = file;
        this.room = room;
        this.workers = workers;
    }

    /** A new membership begins, with what is on disk: until it has joined, nobody shall join by it. */
    void begin(String platform, NodeId node, Greeting.Phase first) throws IOException {
        phase = first;
        Roster remembered = file.read().orElse(new Roster(platform, 0, List.of()));
        onDisk = remembered;
        roster = remembered;
        self = node;
    }

    /** The membership has joined. */
    void joined() {
        phase = Greeting.Phase.MEMBER;
    }

    /** Takes up a new roster; called in the room alone. The disk follows: at once, or when a loss has lasted. */
    void keep(Roster next) {
        Roster before = roster;
        Roster now = before == null ? next : next.after(before);
        roster = now;
        if (losesSome(now)) {
            room.after(LASTING, () -> workers.execute(() -> save(now)));
        } else {
            workers.execute(() -> save(now));
        }
    }

    private boolean losesSome(Roster now) {
        Roster kept = onDisk;
        return kept != null && !now.names().containsAll(kept.names());
    }

    long generation() {
        Roster current = roster;
        return current == null ? 0 : current.generation();
    }

    List<InetSocketAddress> addresses() {
        Roster current = roster;
        return current == null ? List.of() : current.addresses();
    }

    /** What a member tells a node that asks who is here. */
    byte[] greeting() {
        NodeId name = self;
        if (name == null) {
            throw new IllegalStateException("no membership has begun");
        }
        return new Greeting(name, phase, Optional.ofNullable(roster)).frame();
    }

    private synchronized void save(Roster current) {
        if (!current.equals(roster) || current.equals(onDisk)) {
            return;
        }
        try {
            file.write(current);
            onDisk = current;
        } catch (IOException e) {
            LOG.error(
                    "cannot remember the platform's members: {}. After a restart this node may not find them",
                    e.toString());
        }
    }
}
