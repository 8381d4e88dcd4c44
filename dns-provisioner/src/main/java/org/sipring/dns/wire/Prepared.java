package org.sipring.dns.wire;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.sipring.dns.zone.RrKey;
import org.sipring.dns.zone.RrSet;
import org.sipring.dns.zone.ZoneData;
import org.xbill.DNS.Record;

/**
 * A zone with the answers already made: turning the text of a thousand records into a message's records costs
 * milliseconds, and a question of forty bytes must not. It holds at most one answer for each RRset, and one to ANY for each name. Callable from any
 * thread.
 */
final class Prepared {
    private final ZoneData zone;
    private final ConcurrentMap<RrKey, Found> found = new ConcurrentHashMap<>();

    Prepared(ZoneData zone) {
        this.zone = zone;
    }

    /** This one, or a new one when the zone is another by now. */
    Prepared of(ZoneData now) {
        return zone == now ? this : new Prepared(now);
    }

    Found query(RrKey key) {
        Found known = found.get(key);
        if (known != null) {
            return known;
        }
        Found made = make(key);
        if (!made.answer().isEmpty()) {
            found.put(key, made);
        }
        return made;
    }

    private Found make(RrKey key) {
        ZoneData.Answer answer = zone.query(key.name(), key.type());
        return new Found(
                answer.rcode(), records(answer.answer()), records(answer.authority()), records(answer.additional()));
    }

    private static List<Record> records(Collection<RrSet> sets) {
        List<Record> records = new ArrayList<>();
        sets.forEach(set -> records.addAll(Records.of(set)));
        return records;
    }

    /**
     * An answer as the vendor's records.
     *
     * @param rcode what happened
     * @param answer the RRset asked for
     * @param authority the SOA, when there is none
     * @param additional addresses
     */
    record Found(
            org.sipring.dns.zone.Rcode rcode, List<Record> answer, List<Record> authority, List<Record> additional) {}
}
