package org.sipring.overlay;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.sipring.api.NodeId;
import org.sipring.overlay.forming.Greeting;
import org.sipring.overlay.forming.Roster;
import org.sipring.overlay.forming.RosterFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a member remembers of the platform, in memory and on disk. Callable from any thread. */
final class Memory {
    private static final Logger LOG = LoggerFactory.getLogger(Memory.class);

    private final RosterFile file;
    private final Executor workers;
    private volatile @Nullable Roster roster;
    private volatile @Nullable NodeId self;
    private volatile Greeting.Phase phase = Greeting.Phase.WAITING;
    private @Nullable Roster written;

    Memory(RosterFile file, Executor workers) {
        this.file = file;
        this.workers = workers;
    }

    /** A new membership begins, with what is on disk: until it has joined, nobody shall join by it. */
    void begin(String platform, NodeId node, Greeting.Phase first) throws IOException {
        phase = first;
        roster = file.read().orElse(new Roster(platform, 0, List.of()));
        self = node;
    }

    /** The membership has joined. */
    void joined() {
        phase = Greeting.Phase.MEMBER;
    }

    /** Takes up a new roster; called in the room alone. The disk follows. */
    void keep(Roster next) {
        Roster before = roster;
        roster = before == null ? next : next.after(before);
        workers.execute(this::save);
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

    private synchronized void save() {
        Roster current = roster;
        if (current == null || current.equals(written)) {
            return;
        }
        try {
            file.write(current);
            written = current;
        } catch (IOException e) {
            LOG.error(
                    "cannot remember the platform's members: {}. After a restart this node may not find them",
                    e.toString());
        }
    }
}
