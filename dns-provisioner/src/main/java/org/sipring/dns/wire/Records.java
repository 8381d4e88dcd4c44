package org.sipring.dns.wire;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.sipring.dns.zone.Canonical;
import org.sipring.dns.zone.RrKey;
import org.sipring.dns.zone.RrSet;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;
import org.xbill.DNS.WireParseException;

/** Between our values and the vendor's records. Pure. */
final class Records {
    private Records() {}

    /**
     * A domain name.
     *
     * @throws IllegalArgumentException when the text is none
     */
    static Name name(String text) {
        try {
            return Name.fromString(text, Name.root);
        } catch (TextParseException e) {
            throw new IllegalArgumentException("'" + text + "' is not a domain name: " + e.getMessage(), e);
        }
    }

    /**
     * A type's number.
     *
     * @throws IllegalArgumentException when there is no such type
     */
    static int type(String mnemonic) {
        int type = Type.value(mnemonic);
        if (type < 0) {
            throw new IllegalArgumentException("'" + mnemonic + "' is not a type of DNS records");
        }
        return type;
    }

    static RrKey key(Record record) {
        return new RrKey(record.getName().toString(), Type.string(record.getType()));
    }

    /**
     * The records of an RRset.
     *
     * @throws IllegalArgumentException when its data is not of its type's form
     */
    static List<Record> of(RrSet set, int dclass, long ttl) {
        Name name = name(set.key().name());
        int type = type(set.key().type());
        List<Record> records = new ArrayList<>();
        for (String data : set.data()) {
            try {
                records.add(Record.fromString(name, type, dclass, ttl, data, Name.root));
            } catch (IOException | RuntimeException e) {
                throw new IllegalArgumentException(set.key() + " '" + data + "': " + e.getMessage(), e);
            }
        }
        return records;
    }

    static List<Record> of(RrSet set) {
        return of(set, DClass.IN, set.ttl());
    }

    /** A record's data as text in the one form that {@link Canonical} gives it. */
    static String data(Record record) throws WireParseException {
        try {
            String text = record.rdataToString();
            if (text.isEmpty()) {
                throw new WireParseException(key(record) + " without data");
            }
            return Canonical.of(Type.string(record.getType()), text);
        } catch (IllegalArgumentException e) {
            throw new WireParseException(key(record) + ": " + e.getMessage(), e);
        }
    }

    /** Groups records by name and type, in the order of their first appearance; the lowest TTL is the set's. */
    static List<RrSet> sets(Collection<Record> records) throws WireParseException {
        Map<RrKey, SortedSet<String>> data = new LinkedHashMap<>();
        Map<RrKey, Long> ttls = new LinkedHashMap<>();
        for (Record record : records) {
            data.computeIfAbsent(key(record), key -> new TreeSet<>()).add(data(record));
            ttls.merge(key(record), record.getTTL(), Math::min);
        }
        List<RrSet> sets = new ArrayList<>();
        data.forEach((key, texts) -> sets.add(new RrSet(key, ttls.getOrDefault(key, 0L), texts)));
        return sets;
    }
}
