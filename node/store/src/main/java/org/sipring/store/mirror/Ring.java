package org.sipring.store.mirror;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.sipring.store.command.Key;

/** The keys of the last changes, in their order. Callable from any thread. */
final class Ring {
    private final int most;
    private final Deque<Key> keys = new ArrayDeque<>();
    private Mark now;

    /**
     * An empty one.
     *
     * @param most how many it remembers
     * @param run the name of its numbering
     */
    Ring(int most, long run) {
        this.most = most;
        now = new Mark(run, 0);
    }

    synchronized Mark now() {
        return now;
    }

    synchronized void add(Key key) {
        keys.add(key);
        now = new Mark(now.run(), now.sequence() + 1);
        if (keys.size() > most) {
            keys.remove();
        }
    }

    /** Everything may be different: what mirrors know of the changes so far is worth nothing. */
    synchronized void renew(long run) {
        keys.clear();
        now = new Mark(run, 0);
    }

    /** The keys changed after a mark, one for each number; empty where that is not known, or not any more. */
    synchronized Optional<List<Key>> since(Mark mark) {
        long behind = now.sequence() - mark.sequence();
        boolean known = mark.run() == now.run() && behind >= 0 && behind <= keys.size();
        return known ? Optional.of(keys.stream().skip(keys.size() - behind).toList()) : Optional.empty();
    }
}
