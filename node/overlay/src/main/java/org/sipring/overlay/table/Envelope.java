package org.sipring.overlay.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sipring.api.Stamp;

/**
 * What the map holds for a key: the value and what the owner must know of its past. An envelope without a value stays
 * for a while for its remembered requests.
 *
 * @param table the table's name: a merge policy is not told which map it works for
 * @param value the value in the table's format; null when there is none; not to be modified
 * @param expires when the value may be forgotten, in milliseconds since 1970; 0 without a value
 * @param stamp of the last change
 * @param remembered the newest requests, newest first
 */
record Envelope(String table, byte @Nullable [] value, long expires, Stamp stamp, List<Remembered> remembered) {
    /** How many requests are remembered for a key. */
    static final int MAX_REMEMBERED = 32;

    /** How many bytes the remembered requests of a key may take. The newest is always kept. */
    static final int MAX_REMEMBERED_BYTES = 16 * 1024;

    /** How long a request is remembered: longer than any SIP client repeats one (RFC 3261 Timer F, 32 s). */
    static final long LINGER_MILLIS = 60_000;

    /** Copies the list. */
    Envelope {
        remembered = List.copyOf(remembered);
    }

    /**
     * A request that was answered.
     *
     * @param requestId its id
     * @param time when it was applied, by its stamp
     * @param answer its first answer; not to be modified
     */
    record Remembered(String requestId, long time, byte[] answer) {
        private int size() {
            return requestId.length() + answer.length;
        }
    }

    /** An envelope without a value. */
    static Envelope empty(String table, Stamp stamp, List<Remembered> remembered) {
        return new Envelope(table, null, 0, stamp, remembered);
    }

    /** Tells whether there is a value at a moment. */
    boolean live(long now) {
        return value != null && expires > now;
    }

    /** The moment when nothing in here is needed any more, in milliseconds since 1970. */
    long until() {
        long newest = remembered.isEmpty() ? stamp.time() : remembered.get(0).time();
        return Math.max(value == null ? 0 : expires, newest + LINGER_MILLIS);
    }

    /** The first answer to a request, when it is remembered. */
    Optional<byte[]> answerTo(String requestId) {
        return remembered.stream()
                .filter(past -> past.requestId().equals(requestId))
                .findFirst()
                .map(Remembered::answer);
    }

    /** What is still remembered once a request has been answered: the newest that fit. */
    static List<Remembered> remember(Remembered newest, @Nullable Envelope before) {
        List<Remembered> kept = new ArrayList<>(List.of(newest));
        int room = MAX_REMEMBERED_BYTES - newest.size();
        for (Remembered past : before == null ? List.<Remembered>of() : before.remembered()) {
            room -= past.size();
            if (room < 0 || kept.size() == MAX_REMEMBERED || past.time() + LINGER_MILLIS < newest.time()) {
                break;
            }
            kept.add(past);
        }
        return kept;
    }
}
