package org.sipring.store.raft;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.ratis.protocol.RaftPeerId;
import org.sipring.store.database.DamagedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a replica does about its log before Ratis reads it: one that is damaged, or ends before the database does, is needed
 * for nothing where the database has all of it, and begins anew. Lives in one thread.
 */
final class LogRepair {
    private static final Logger LOG = LoggerFactory.getLogger(LogRepair.class);

    private final LogFiles files;
    private final LogCheck log;
    private final Reached reached;
    private final Optional<String> damage;

    /**
     * How far the database has come.
     *
     * @param index the last entry that it has
     * @param anew whether it is being made anew, and was further before: what it had is known by a whole log alone
     */
    record Reached(long index, boolean anew) {}

    private LogRepair(LogFiles files, LogCheck log, Reached reached, RaftPeerId replica) {
        this.files = files;
        this.log = log;
        this.reached = reached;
        damage = log.damage().or(() -> missing(replica));
    }

    /**
     * Reads a log, and changes nothing yet.
     *
     * @param files its files
     * @param reached what needs no log any more
     * @param replica whose it is
     * @throws DamagedException when something is lost that the database does not have
     * @throws IOException when it cannot be read
     */
    static LogRepair of(LogFiles files, Reached reached, RaftPeerId replica) throws IOException {
        LogRepair repair = new LogRepair(files, LogCheck.of(files), reached, replica);
        if (repair.damage.isPresent() && repair.isNeeded()) {
            throw new DamagedException(repair.damage.get());
        }
        return repair;
    }

    private Optional<String> missing(RaftPeerId replica) {
        long next = reached.index() + 1;
        boolean gap = log.first().filter(first -> first > next).isPresent();
        boolean cutShort = reached.anew() && (log.first().isEmpty() || log.isTorn());
        long missing = log.isTorn() ? log.last().index() + 1 : next;
        return gap || cutShort
                ? Optional.of("the log of " + replica + " is damaged: it has no entry " + missing
                        + ", with which it would go on behind what is left of the database")
                : Optional.empty();
    }

    private boolean isNeeded() {
        return reached.anew() || log.last().index() > reached.index();
    }

    private boolean endsBeforeTheDatabase() {
        return log.last().index() < reached.index();
    }

    /**
     * Whether the replica cannot go on without a new copy of its database.
     *
     * @param copied how far the newest copy has come
     */
    boolean needsCopy(long copied) {
        // Ratis would wait for what is between them for ever.
        boolean apart = log.first().filter(first -> first > copied + 1).isPresent();
        return damage.isPresent() || endsBeforeTheDatabase() || apart;
    }

    /**
     * Lets Ratis go on: behind a copy where one was needed.
     *
     * @param kept where a damaged log goes
     */
    void repair(Path kept) throws IOException {
        if (damage.isPresent()) {
            LOG.error("{}; the database has all that was in it: the log begins anew, the former is kept", damage.get());
            files.move(kept);
        } else if (endsBeforeTheDatabase()) {
            // Ratis would go on in it with a gap.
            files.delete();
        } else {
            log.cut();
        }
    }
}
