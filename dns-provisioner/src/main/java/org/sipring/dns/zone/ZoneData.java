package org.sipring.dns.zone;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a primary name server knows of one zone. Immutable: an update makes another one.
 *
 * <p>It holds what Sipring needs and refuses the rest: there are no aliases, delegations, wildcards and signatures in
 * it, so that each answer is one look-up. Data is compared as text: bring it into the form of {@link Canonical} first.
 */
public final class ZoneData {
    private static final String ANY = "ANY";

    private final String origin;
    private final SortedMap<RrKey, RrSet> sets;

    /** Owner names, and the empty non-terminals between them and the apex (RFC 4592 section 2.2.2). */
    private final Set<String> names;

    ZoneData(String origin, SortedMap<RrKey, RrSet> sets) {
        this.origin = origin;
        this.sets = Collections.unmodifiableSortedMap(sets);
        this.names = namesOf(origin, sets.keySet());
    }

    /**
     * A zone of the given RRsets.
     *
     * @param origin the apex: absolute
     * @param content the RRsets; all in the zone, one SOA record and NS records at its apex among them
     * @return the zone
     * @throws IllegalArgumentException when the content is no zone; the message names the RRset
     */
    public static ZoneData of(String origin, Collection<RrSet> content) {
        String apex = origin.toLowerCase(Locale.ROOT);
        SortedMap<RrKey, RrSet> sets = new TreeMap<>();
        for (RrSet set : content) {
            require(Names.within(set.key().name(), apex), set.key() + " is not in the zone " + apex);
            require(ZoneUpdate.holds(set.key(), apex), set.key() + ": this zone cannot hold such records");
            require(sets.put(set.key(), set) == null, set.key() + " is there twice");
        }
        RrSet soa = sets.get(new RrKey(apex, "SOA"));
        require(soa != null && soa.data().size() == 1, apex + ": one SOA record is needed");
        require(sets.containsKey(new RrKey(apex, "NS")), apex + ": an NS record is needed");
        return new ZoneData(apex, sets);
    }

    /**
     * A zone with nothing but its SOA and NS: TTL 30 s, SOA MINIMUM 5 s, name server {@code ns.ORIGIN}.
     *
     * @param origin the apex: absolute
     * @param serial the first serial, 32 bits
     * @return the zone
     */
    public static ZoneData fresh(String origin, int serial) {
        String soa =
                "ns." + origin + " hostmaster." + origin + " " + Integer.toUnsignedString(serial) + " 3600 60 604800 5";
        return of(
                origin,
                List.of(
                        RrSet.of(origin, "SOA", 30, List.of(soa.toLowerCase(Locale.ROOT))),
                        RrSet.of(origin, "NS", 30, List.of(("ns." + origin).toLowerCase(Locale.ROOT)))));
    }

    /**
     * The zone's apex.
     *
     * @return absolute, in lower case
     */
    public String origin() {
        return origin;
    }

    /**
     * All RRsets, by name and type.
     *
     * @return unmodifiable
     */
    public SortedMap<RrKey, RrSet> sets() {
        return sets;
    }

    /**
     * Looks one RRset up.
     *
     * @param key name and type
     * @return the RRset, when there is one
     */
    public Optional<RrSet> get(RrKey key) {
        return Optional.ofNullable(sets.get(key));
    }

    /**
     * Applies an update: all of it or nothing (RFC 2136 section 3). A change of anything raises the serial.
     *
     * @param update the update
     * @return what to answer, and the zone afterwards: this very one when nothing changed
     */
    public Verdict apply(Update update) {
        return new ZoneUpdate(this).run(update);
    }

    /**
     * Answers a question (RFC 1034 section 4.3.2).
     *
     * @param name the name asked for: absolute
     * @param type the type asked for; {@code ANY} gets one RRset (RFC 8482 section 4.1)
     * @return the answer
     */
    public Answer query(String name, String type) {
        RrKey key = new RrKey(name, type);
        if (!Names.within(key.name(), origin)) {
            return new Answer(Rcode.REFUSED, List.of(), List.of(), List.of());
        }
        if (!names.contains(key.name())) {
            return negative(Rcode.NXDOMAIN);
        }
        List<RrSet> here = at(key.name());
        Optional<RrSet> found = key.type().equals(ANY) ? here.stream().findFirst() : get(key);
        return found.map(set -> new Answer(Rcode.NOERROR, List.of(set), List.of(), glue(set)))
                .orElseGet(() -> negative(Rcode.NOERROR));
    }

    /** The RRsets of one name, by type. */
    List<RrSet> at(String name) {
        List<RrSet> here = new ArrayList<>();
        for (RrSet set : sets.tailMap(new RrKey(name, "")).values()) {
            if (!set.key().name().equals(name)) {
                break;
            }
            here.add(set);
        }
        return here;
    }

    RrSet soa() {
        return get(new RrKey(origin, "SOA")).orElseThrow();
    }

    /** The SOA says how long the absence may be cached: the lesser of its TTL and MINIMUM (RFC 2308 section 3). */
    private Answer negative(Rcode rcode) {
        RrSet soa = soa();
        long ttl = Math.min(soa.ttl(), Soa.of(soa).minimum());
        return new Answer(rcode, List.of(), List.of(new RrSet(soa.key(), ttl, soa.data())), List.of());
    }

    /** Addresses of the hosts that the records name (RFC 2782 "additional data", RFC 1035 section 3.3.11). */
    private List<RrSet> glue(RrSet set) {
        if (!set.key().type().equals("SRV") && !set.key().type().equals("NS")) {
            return List.of();
        }
        return set.data().stream()
                .map(data -> data.substring(data.lastIndexOf(' ') + 1))
                .distinct()
                .flatMap(host -> at(host).stream())
                .filter(found -> Set.of("A", "AAAA").contains(found.key().type()))
                .toList();
    }

    private static Set<String> namesOf(String origin, Set<RrKey> keys) {
        Set<String> names = new HashSet<>(Set.of(origin));
        for (RrKey key : keys) {
            String name = key.name();
            while (names.add(name)) {
                name = Names.parent(name);
            }
        }
        return names;
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    /**
     * The answer to a question.
     *
     * @param rcode NOERROR (perhaps without data), NXDOMAIN, or REFUSED for a name outside the zone
     * @param answer what was asked for
     * @param authority the SOA, when there is nothing
     * @param additional addresses of the hosts named in the answer
     */
    public record Answer(Rcode rcode, List<RrSet> answer, List<RrSet> authority, List<RrSet> additional) {}

    /**
     * The answer to an update.
     *
     * @param rcode what to tell the sender
     * @param zone the zone afterwards
     */
    public record Verdict(Rcode rcode, ZoneData zone) {}
}
