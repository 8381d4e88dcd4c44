package org.sipring.dns;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.sipring.api.View;
import org.sipring.dns.fence.FenceText;
import org.sipring.dns.plan.Outlook;
import org.sipring.dns.plan.Registry;
import org.sipring.dns.plan.Zone;
import org.sipring.dns.plan.ZoneDiff;
import org.sipring.dns.plan.ZonePolicy;
import org.sipring.dns.zone.Primary;
import org.sipring.dns.zone.RrKey;
import org.sipring.dns.zone.RrSet;

/**
 * The platform's part of the zone as the primary shows it, held against what it should be: what {@code sipring dns show}
 * and {@code sipring dns verify} print.
 *
 * @param lines one for each RRset that is there, or should be
 * @param fence who wrote last, in words
 * @param problems what is wrong, in words; empty when all is well
 */
public record ZoneReport(List<Line> lines, String fence, List<String> problems) {
    /** Copies the lists. */
    public ZoneReport {
        lines = List.copyOf(lines);
        problems = List.copyOf(problems);
    }

    /** What is to be said of an RRset. */
    public enum Verdict {
        /** As it should be. */
        RIGHT("ok"),
        /** Sipring's, with other data or another TTL. */
        DIFFERS("differs"),
        /** Not there. */
        MISSING("missing"),
        /** Sipring's, and no longer wanted. */
        SURPLUS("surplus"),
        /** Somebody else's, where Sipring's should be. */
        FOREIGN("foreign");

        private final String word;

        Verdict(String word) {
            this.word = word;
        }

        @Override
        public String toString() {
            return word;
        }
    }

    /**
     * One RRset.
     *
     * @param key name and type
     * @param found what is there
     * @param wanted what should be there
     * @param verdict how they compare
     */
    public record Line(RrKey key, Optional<RrSet> found, Optional<RrSet> wanted, Verdict verdict) {
        private List<String> text() {
            RrSet shown = found.or(() -> wanted).orElseThrow();
            return shown.data().stream()
                    .map(data -> "%-8s %s %d %s %s".formatted(verdict, key.name(), shown.ttl(), key.type(), data))
                    .toList();
        }
    }

    /**
     * Reads the zone and compares it with what the view wants. Callable from any thread.
     *
     * @param primary where to read
     * @param policy the operator's decisions
     * @param view the members
     * @param now the time, for the age of edge names whose node left
     * @return the report; fails as {@link Primary#read} does
     */
    public static CompletionStage<ZoneReport> read(Primary primary, ZonePolicy policy, View view, Instant now) {
        Set<RrKey> first = Set.of(policy.fence());
        return primary.read(first)
                .thenCompose(found -> deepen(Zone.UNREAD.with(first, found), primary, policy, view, now));
    }

    /** What is found names more to look for: registries, then what they list. */
    private static CompletionStage<ZoneReport> deepen(
            Zone zone, Primary primary, ZonePolicy policy, View view, Instant now) {
        Outlook outlook = Outlook.of(zone, view, policy, now);
        Set<RrKey> missing = outlook.missing();
        return missing.isEmpty()
                ? CompletableFuture.completedFuture(of(zone, outlook, policy))
                : primary.read(missing)
                        .thenCompose(found -> deepen(zone.with(missing, found), primary, policy, view, now));
    }

    static ZoneReport of(Zone zone, Outlook outlook, ZonePolicy policy) {
        Registry registry = Registry.of(zone, policy);
        Map<RrKey, RrSet> wanted = new TreeMap<>(outlook.plan().sets());
        Set<RrKey> keys = new TreeSet<>(wanted.keySet());
        keys.addAll(registry.owned());
        List<Line> lines = new ArrayList<>();
        for (RrKey key : keys) {
            Optional<RrSet> found = zone.at(key);
            Optional<RrSet> want = Optional.ofNullable(wanted.get(key));
            if (found.isPresent() || want.isPresent()) {
                lines.add(new Line(
                        key, found, want, verdict(found, want, registry.owned().contains(key))));
            }
        }
        Optional<FenceText> fence = zone.at(policy.fence()).flatMap(FenceText::parse);
        return new ZoneReport(lines, words(fence), problems(lines, fence.isPresent(), registry, policy));
    }

    private static Verdict verdict(Optional<RrSet> found, Optional<RrSet> wanted, boolean owned) {
        if (found.isEmpty()) {
            return Verdict.MISSING;
        }
        if (!owned) {
            return Verdict.FOREIGN;
        }
        return wanted.map(want -> ZoneDiff.same(found.get(), want) ? Verdict.RIGHT : Verdict.DIFFERS)
                .orElse(Verdict.SURPLUS);
    }

    private static String words(Optional<FenceText> fence) {
        return fence.map(text -> "written by " + text.holder() + ", epoch "
                        + text.mark().epoch() + ", update " + text.mark().seq())
                .orElse("no fence");
    }

    private static List<String> problems(List<Line> lines, boolean fenced, Registry registry, ZonePolicy policy) {
        List<String> problems = new ArrayList<>();
        if (!fenced) {
            problems.add(policy.fence() + " is missing or not Sipring's: no manager has written here yet, or somebody"
                    + " changed it");
        }
        registry.foreign().forEach(key -> problems.add(key + " holds words that Sipring did not write: remove them"));
        for (Line line : lines) {
            if (line.verdict() == Verdict.FOREIGN) {
                problems.add(line.key() + " was not made by Sipring: delete it, and Sipring writes its own");
            } else if (line.verdict() != Verdict.RIGHT) {
                problems.add(line.key() + " " + line.verdict() + ": the manager puts it right within 30 s; else see"
                        + " sipring status");
            }
        }
        return problems;
    }

    /**
     * Tells whether the zone is as it should be.
     *
     * @return true when there are no problems
     */
    public boolean good() {
        return problems.isEmpty();
    }

    /**
     * The RRsets as lines of a zone file, each with its verdict in front, and the fence.
     *
     * @return what {@code dns show} prints
     */
    public String show() {
        return lines.stream().flatMap(line -> line.text().stream()).collect(Collectors.joining("\n")) + "\nfence    "
                + fence + "\n";
    }

    /**
     * The problems, one a line.
     *
     * @return what {@code dns verify} prints
     */
    public String verify() {
        long right =
                lines.stream().filter(line -> line.verdict() == Verdict.RIGHT).count();
        String sum = right + " of " + lines.size() + " RRsets are right; " + fence + "\n";
        return problems.stream().map(problem -> problem + "\n").collect(Collectors.joining()) + sum;
    }
}
