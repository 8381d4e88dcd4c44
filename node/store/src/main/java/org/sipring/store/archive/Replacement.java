package org.sipring.store.archive;

import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.sipring.api.Backups;
import org.sipring.api.LargeValues;
import org.sipring.api.Store;
import org.sipring.api.StoreCollection;
import org.sipring.api.StoreCollection.Archived;
import org.sipring.api.Ticker;
import org.sipring.store.command.Key;
import org.sipring.store.database.DamagedException;

/**
 * Makes a store, in a range of keys, what an archive says: walks through both side by side, and gives the store several changes
 * at a time, so that it has enough to do. Lives in one room.
 */
final class Replacement {
    private static final int WINDOW = 64;

    private final Target target;
    private final Ticker room;
    private final Existing existing;
    private final Iterator<Backups.Wanted> documents;
    private final CompletableFuture<Backups.Replaced> done = new CompletableFuture<>();
    private Backups.@Nullable Wanted wanted;
    private Backups.Replaced replaced = Backups.Replaced.NOTHING;
    private int waiting;
    private @Nullable Throwable broken;

    /**
     * What is changed.
     *
     * @param documents as they are kept
     * @param opened the same, its secrets open
     * @param pretend whether nothing is to be changed
     */
    record Target(WholeStore documents, WholeStore opened, boolean pretend) {}

    Replacement(Target target, Backups.Part part, Ticker room) {
        this.target = target;
        this.room = room;
        existing = new Existing(target.documents(), part);
        documents = part.documents().iterator();
        wanted = documents.hasNext() ? documents.next() : null;
    }

    static Key key(Backups.Place place) {
        return new Key(place.collection(), place.key());
    }

    /** Begins. Completes in the room; fails when the store does, after what had begun. */
    CompletionStage<Backups.Replaced> run() {
        goOn();
        return done;
    }

    // What needs no change does not make this recursive: the loop takes the next.
    // A store that cannot be read says so here and now, and nobody but the stage is there to hear of it.
    private void goOn() {
        boolean more = true;
        try {
            while (broken == null && waiting < WINDOW && more) {
                more = wanted != null || existing.peek().isPresent();
                if (more) {
                    step();
                }
            }
        } catch (RuntimeException failure) {
            end(failure);
        }
        if (waiting == 0 && broken != null) {
            done.completeExceptionally(broken);
        } else if (waiting == 0 && !more) {
            done.complete(replaced);
        }
    }

    // The first failure is the one to tell of: others may come of it.
    private void end(Throwable failure) {
        if (broken == null) {
            broken = failure;
        }
    }

    private void step() {
        Optional<Key> here = existing.peek();
        Backups.Wanted next = wanted;
        int order = next == null
                ? -1
                : here.map(key -> key.compareTo(key(next.place()))).orElse(1);
        if (order <= 0) {
            existing.next();
        }
        if (order >= 0) {
            wanted = documents.hasNext() ? documents.next() : null;
        }
        if (order < 0) {
            remove(here.orElseThrow());
        } else if (next != null) {
            write(next, order == 0);
        }
    }

    private void remove(Key key) {
        if (StoreCollection.archived(key.collection()) != Archived.REPLACED) {
            count(0, 0, 0, 0, 1);
            return;
        }
        count(0, 0, 1, 0, 0);
        change(
                revision -> revision == 0
                        ? CompletableFuture.completedFuture(true)
                        : target.documents().delete(key.collection(), key.name(), revision),
                key);
    }

    private void write(Backups.Wanted document, boolean present) {
        Key key = key(document.place());
        Archived archived = StoreCollection.archived(key.collection());
        if (archived == Archived.NEVER || (present && archived == Archived.ADDED)) {
            count(0, 0, 0, 0, 1);
        } else if (present && same(key, document)) {
            count(0, 0, 0, 1, 0);
        } else {
            count(present ? 0 : 1, present ? 1 : 0, 0, 0, 0);
            change(
                    revision -> target.opened()
                            .put(key.collection(), key.name(), document.value(), revision, document.refersTo())
                            .thenApply(put -> isWritten(put, key)),
                    key);
        }
    }

    private static boolean isWritten(LargeValues.Put put, Key key) {
        if (put instanceof LargeValues.Put.Missing) {
            throw new IllegalArgumentException(key.name() + " of " + key.collection()
                    + " refers to large values that have not been sent before it: restore once more");
        }
        return put instanceof LargeValues.Put.Written;
    }

    // What a disk has damaged is what an archive is good for.
    private boolean same(Key key, Backups.Wanted wanted) {
        try {
            return target.opened()
                    .get(key.collection(), key.name())
                    .filter(document -> Arrays.equals(document.value(), wanted.value()))
                    .filter(document -> document.refersTo().equals(wanted.refersTo()))
                    .isPresent();
        } catch (DamagedException damaged) {
            return false;
        }
    }

    private void count(long created, long changed, long removed, long same, long kept) {
        replaced = replaced.and(new Backups.Replaced(created, changed, removed, same, kept));
    }

    /** A change that needs the current revision; false when another was current. */
    private interface Change {
        CompletionStage<Boolean> over(long revision);
    }

    private void change(Change change, Key key) {
        if (target.pretend()) {
            return;
        }
        waiting++;
        var unused = attempt(change, key)
                .thenCompose(made -> made
                        ? CompletableFuture.completedFuture(true)
                        : target.documents().catchUp().thenCompose(newest -> attempt(change, key)))
                .whenComplete((made, failure) -> room.execute(() -> {
                    waiting--;
                    if (failure != null) {
                        end(failure);
                    } else if (!made) {
                        end(new ChangedAgainException(key));
                    }
                    goOn();
                }));
    }

    private CompletionStage<Boolean> attempt(Change change, Key key) {
        try {
            return change.over(target.documents()
                    .get(key.collection(), key.name())
                    .map(Store.Document::revision)
                    .orElse(0L));
        } catch (RuntimeException unreadable) {
            return CompletableFuture.failedFuture(unreadable);
        }
    }

    /** Somebody else changes the same document all the time. */
    static final class ChangedAgainException extends IllegalStateException {
        private ChangedAgainException(Key key) {
            super(key.name() + " of " + key.collection() + " is changed by others meanwhile: restore once more");
        }
    }
}
