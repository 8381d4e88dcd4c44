package org.sipring.dns.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sipring.api.DurableFile;
import org.sipring.dns.zone.RrKey;
import org.sipring.dns.zone.RrSet;
import org.sipring.dns.zone.ZoneData;

/**
 * A zone on disk, as a master file (RFC 1035 section 5) with one record a line and tabs between the fields. Always the
 * whole zone, old or new: it is written beside, forced to disk, and renamed.
 *
 * @param path where it is
 */
record ZoneFile(Path path) {
    /**
     * Reads the zone.
     *
     * @param origin the zone's apex: absolute
     * @return empty when there is no file yet
     * @throws IOException when it cannot be read or is not the zone's; the message says where
     */
    Optional<ZoneData> load(String origin) throws IOException {
        if (Files.notExists(path)) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(path, StandardCharsets.UTF_8);
        SortedMap<RrKey, RrSet> sets = new TreeMap<>();
        for (int at = 0; at < lines.size(); at++) {
            try {
                RrSet set = parse(lines.get(at));
                sets.merge(set.key(), set, ZoneFile::joined);
            } catch (IllegalArgumentException e) {
                throw damaged("line " + (at + 1) + ": " + e.getMessage(), e);
            }
        }
        try {
            return Optional.of(ZoneData.of(origin, sets.values()));
        } catch (IllegalArgumentException e) {
            throw damaged(e.getMessage(), e);
        }
    }

    private IOException damaged(@Nullable String why, Exception cause) {
        return new IOException(
                "zone file " + path + " is damaged, " + why + "; put a copy back, or move it away to begin anew",
                cause);
    }

    private static RrSet parse(String line) {
        String[] fields = line.split("\t", 5);
        if (fields.length != 5 || !fields[2].equals("IN")) {
            throw new IllegalArgumentException("not NAME, TTL, IN, TYPE and DATA with tabs between");
        }
        return RrSet.of(fields[0], fields[3], Long.parseLong(fields[1]), List.of(fields[4]));
    }

    private static RrSet joined(RrSet one, RrSet other) {
        TreeSet<String> data = new TreeSet<>(one.data());
        data.addAll(other.data());
        return new RrSet(one.key(), other.ttl(), data);
    }

    /**
     * Writes the zone; it is on disk when this returns.
     *
     * @param zone the zone
     * @throws IOException when it is not; the old file is then still there
     */
    void save(ZoneData zone) throws IOException {
        String text = zone.sets().values().stream().map(ZoneFile::text).collect(Collectors.joining());
        DurableFile.replace(path, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(RrSet set) {
        return set.data().stream()
                .map(data -> String.join(
                                "\t",
                                set.key().name(),
                                Long.toString(set.ttl()),
                                "IN",
                                set.key().type(),
                                data)
                        + "\n")
                .collect(Collectors.joining());
    }
}
