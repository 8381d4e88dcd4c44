package org.sipring.dns.zone;

import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.sipring.dns.zone.ZoneData.Verdict;

/** One run of RFC 2136 section 3 over a zone. Used once, by one thread. */
final class ZoneUpdate {
    /** Questions, not records: RFC 2136 section 3.4.1.2 makes them FORMERR. */
    private static final Set<String> META = Set.of("ANY", "AXFR", "IXFR", "MAILA", "MAILB", "OPT", "TSIG", "TKEY");

    /** What would make an answer more than one look-up. */
    private static final Set<String> NOT_HELD =
            Set.of("CNAME", "DNAME", "DS", "DNSKEY", "RRSIG", "NSEC", "NSEC3", "NSEC3PARAM", "SIG", "KEY", "NXT");

    private final ZoneData before;
    private final String origin;
    private final SortedMap<RrKey, RrSet> sets;

    ZoneUpdate(ZoneData before) {
        this.before = before;
        this.origin = before.origin();
        this.sets = new TreeMap<>(before.sets());
    }

    /** Tells whether a zone may hold records of this name and type. */
    static boolean holds(RrKey key, String origin) {
        boolean apex = key.name().equals(origin);
        boolean delegation = key.type().equals("NS") && !apex;
        boolean wildcard = key.name().startsWith("*.") || key.name().contains(".*.");
        return !delegation && !wildcard && !NOT_HELD.contains(key.type());
    }

    Verdict run(Update update) {
        Rcode refusal = first(update.prerequisites(), this::check);
        if (refusal == Rcode.NOERROR) {
            refusal = first(update.changes(), this::scan);
        }
        if (refusal != Rcode.NOERROR) {
            return new Verdict(refusal, before);
        }
        update.changes().forEach(this::make);
        return new Verdict(Rcode.NOERROR, after());
    }

    private static <T> Rcode first(Iterable<T> things, Function<T, Rcode> check) {
        for (T thing : things) {
            Rcode rcode = check.apply(thing);
            if (rcode != Rcode.NOERROR) {
                return rcode;
            }
        }
        return Rcode.NOERROR;
    }

    /** RFC 2136 section 3.2. */
    private Rcode check(Update.Prerequisite prerequisite) {
        if (!Names.within(prerequisite.name(), origin)) {
            return Rcode.NOTZONE;
        }
        if (prerequisite instanceof Update.Exactly exactly) {
            RrSet found = sets.get(exactly.rrSet().key());
            boolean same = found != null && found.data().equals(exactly.rrSet().data());
            return same ? Rcode.NOERROR : Rcode.NXRRSET;
        }
        if (prerequisite instanceof Update.Exists exists) {
            return sets.containsKey(exists.key()) ? Rcode.NOERROR : Rcode.NXRRSET;
        }
        if (prerequisite instanceof Update.Absent absent) {
            return sets.containsKey(absent.key()) ? Rcode.YXRRSET : Rcode.NOERROR;
        }
        // A name is in use when it owns a record: an empty non-terminal does not count (section 2.4.4).
        boolean used = !before.at(prerequisite.name()).isEmpty();
        if (prerequisite instanceof Update.NameInUse) {
            return used ? Rcode.NOERROR : Rcode.NXDOMAIN;
        }
        return used ? Rcode.YXDOMAIN : Rcode.NOERROR;
    }

    /** RFC 2136 section 3.4.1, and section 3.3 for what this zone does not hold. */
    private Rcode scan(Update.Change change) {
        if (!Names.within(change.name(), origin)) {
            return Rcode.NOTZONE;
        }
        if (change instanceof Update.Add add) {
            return scan(add.rrSet().key());
        }
        if (change instanceof Update.Replace replace) {
            return scan(replace.rrSet().key());
        }
        return Rcode.NOERROR;
    }

    private Rcode scan(RrKey key) {
        if (META.contains(key.type())) {
            return Rcode.FORMERR;
        }
        return holds(key, origin) ? Rcode.NOERROR : Rcode.REFUSED;
    }

    /** RFC 2136 section 3.4.2. */
    private void make(Update.Change change) {
        if (change instanceof Update.Add add) {
            add(add.rrSet());
        } else if (change instanceof Update.Replace replace) {
            delete(replace.rrSet().key());
            add(replace.rrSet());
        } else if (change instanceof Update.Delete delete) {
            delete(delete.key());
        } else if (change instanceof Update.DeleteName delete) {
            List.copyOf(sets.keySet()).stream()
                    .filter(key -> key.name().equals(delete.name()))
                    .forEach(this::delete);
        } else if (change instanceof Update.Remove remove) {
            remove.rrSet().data().forEach(data -> remove(remove.rrSet().key(), data));
        }
    }

    /** All records of an RRset have the TTL of the last one added (RFC 2181 section 5.2). */
    private void add(RrSet set) {
        if (set.key().type().equals("SOA")) {
            addSoa(set);
            return;
        }
        SortedSet<String> data = new TreeSet<>(set.data());
        RrSet old = sets.get(set.key());
        if (old != null) {
            data.addAll(old.data());
        }
        sets.put(set.key(), new RrSet(set.key(), set.ttl(), data));
    }

    /** Only a newer serial replaces the SOA (section 3.4.2.2). */
    private void addSoa(RrSet set) {
        RrSet old = sets.get(set.key());
        if (old != null && set.data().size() == 1 && Soa.of(set).isNewerThan(Soa.of(old))) {
            sets.put(set.key(), set);
        }
    }

    /** The apex never loses its SOA and NS (sections 3.4.2.3 and 3.4.2.4). */
    private void delete(RrKey key) {
        if (!isCore(key)) {
            sets.remove(key);
        }
    }

    private void remove(RrKey key, String data) {
        RrSet old = sets.get(key);
        if (old == null
                || !old.data().contains(data)
                || (isCore(key) && old.data().size() == 1)) {
            return;
        }
        SortedSet<String> rest = new TreeSet<>(old.data());
        rest.remove(data);
        if (rest.isEmpty()) {
            sets.remove(key);
        } else {
            sets.put(key, new RrSet(key, old.ttl(), rest));
        }
    }

    private boolean isCore(RrKey key) {
        return key.name().equals(origin)
                && (key.type().equals("SOA") || key.type().equals("NS"));
    }

    /** RFC 2136 section 3.6: what changed shows in the serial, once an update. */
    private ZoneData after() {
        if (sets.equals(before.sets())) {
            return before;
        }
        RrSet soa = before.soa();
        sets.computeIfPresent(soa.key(), (key, now) -> now.equals(soa) ? bumped(soa) : now);
        return new ZoneData(origin, sets);
    }

    private static RrSet bumped(RrSet soa) {
        return RrSet.of(
                soa.key().name(), "SOA", soa.ttl(), Set.of(Soa.of(soa).next().toString()));
    }
}
