package org.sipring.proxy.journal;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.sipring.api.Ticker;

/** The journals of one node's loops. Callable from any thread. */
public final class Journals {
    private final JournalSettings settings;
    private final int loops;
    private final List<Kept> kept = new CopyOnWriteArrayList<>();

    private record Kept(LoopJournal journal, Ticker room) {
        CompletionStage<List<Note>> find(String call, int most) {
            CompletableFuture<List<Note>> found = new CompletableFuture<>();
            room.execute(() -> found.complete(journal.find(call, most)));
            return found;
        }
    }

    /**
     * None yet.
     *
     * @param settings how much they remember
     * @param loops how many will share that
     */
    public Journals(JournalSettings settings, int loops) {
        this.settings = settings;
        this.loops = loops;
    }

    /**
     * Opens the journal of a loop.
     *
     * @param room the loop's
     * @return the journal, which lives there
     */
    public Journal open(Ticker room) {
        if (settings.bytes() == 0) {
            return Journal.NONE;
        }
        LoopJournal journal = new LoopJournal(settings.bytes() / loops, settings.age(), room);
        kept.add(new Kept(journal, room));
        return journal;
    }

    /**
     * Looks for a call in all of them.
     *
     * @param call the Call-ID
     * @param most how many notes at most; the newest
     * @return what is known, in the order of time
     */
    public CompletionStage<List<Note>> find(String call, int most) {
        CompletionStage<List<Note>> all = CompletableFuture.completedFuture(List.of());
        for (Kept one : kept) {
            all = all.thenCombine(one.find(call, most), (some, more) -> Stream.concat(some.stream(), more.stream())
                    .toList());
        }
        return all.thenApply(notes -> newest(notes, most));
    }

    private static List<Note> newest(List<Note> notes, int most) {
        return notes.stream()
                .sorted(Comparator.comparing(Note::time))
                .skip(Math.max(0, notes.size() - most))
                .toList();
    }
}
