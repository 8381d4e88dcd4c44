package org.sipring.proxy.journal;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.sipring.api.Ticker;

/** The journal of one loop, and lives in it. */
final class LoopJournal implements Journal {
    private final RingBuffer ring;
    private final NoteWriter writer = new NoteWriter();
    private final Ticker ticker;

    LoopJournal(int bytes, Duration age, Ticker ticker) {
        this.ring = new RingBuffer(bytes, age.toMillis());
        this.ticker = ticker;
    }

    @Override
    public void note(String call, Decision decision, Object... details) {
        int length = writer.write(ticker.now().toEpochMilli(), call, decision, details);
        // Age is a matter of the clock that never jumps back.
        ring.add(call.hashCode(), monotonicMillis(), writer.bytes(), length);
    }

    /** What is known of a call, the oldest first; of too much the newest. */
    List<Note> find(String call, int most) {
        ring.forget(monotonicMillis());
        Deque<Note> found = new ArrayDeque<>();
        ring.each(call.hashCode(), bytes -> {
            if (Note.isAbout(call, bytes)) {
                found.add(Note.read(bytes));
            }
            if (found.size() > most) {
                found.remove();
            }
        });
        return List.copyOf(found);
    }

    private long monotonicMillis() {
        return ticker.nanos() / 1_000_000;
    }
}
