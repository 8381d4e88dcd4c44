package org.sipring.store.archive;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sipring.api.Backups;
import org.sipring.store.command.Key;

/** Walks through the keys of a store in a range, and has a page of them in memory. Lives in one thread. */
final class Existing {
    private static final int PAGE = 1000;

    private final WholeStore documents;
    private final Optional<Key> end;
    private final Deque<Key> page = new ArrayDeque<>();
    private Optional<Key> reached;
    private boolean ended;

    Existing(WholeStore documents, Backups.Part part) {
        this.documents = documents;
        reached = part.after().map(Replacement::key);
        end = part.upTo().map(Replacement::key);
    }

    /** The next one; empty at the end. */
    Optional<Key> peek() {
        while (page.isEmpty() && !ended) {
            fill();
        }
        return Optional.ofNullable(page.peek());
    }

    void next() {
        @Nullable Key taken = page.poll();
        if (taken == null) {
            throw new IllegalStateException("there is no next one");
        }
    }

    private void fill() {
        for (Key key : documents.keys(reached, PAGE)) {
            if (end.isPresent() && key.compareTo(end.get()) > 0) {
                ended = true;
                return;
            }
            page.add(key);
            reached = Optional.of(key);
        }
        ended = page.isEmpty();
    }
}
