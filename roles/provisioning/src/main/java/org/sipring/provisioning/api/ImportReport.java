package org.sipring.provisioning.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.sipring.accounts.Account;
import org.sipring.provisioning.bulk.Row;
import org.sipring.provisioning.problem.FieldProblem;
import org.sipring.provisioning.problem.Problem;

/** What became of the rows of an import. Lives in one thread. */
final class ImportReport {
    private static final int MOST_REFUSALS = 100;

    private final Map<Fate, Integer> counts = new EnumMap<>(Fate.class);
    private final ArrayNode refusals = JsonNodeFactory.instance.arrayNode();
    private final Set<String> ignored;

    ImportReport(Set<String> ignored) {
        this.ignored = Set.copyOf(ignored);
        for (Fate fate : Fate.values()) {
            counts.put(fate, 0);
        }
    }

    /** What became of a row. */
    enum Fate {
        CREATED,
        UPDATED,
        /** It says what is so already. */
        UNCHANGED,
        /** It was there, and was to be kept. */
        KEPT,
        /** Of another domain. */
        ELSEWHERE,
        REFUSED
    }

    void count(Fate fate) {
        counts.merge(fate, 1, Integer::sum);
    }

    void refuse(Row row, List<FieldProblem> problems) {
        count(Fate.REFUSED);
        if (refusals.size() < MOST_REFUSALS) {
            ObjectNode refusal = refusals.addObject();
            String user = row.user();
            refusal.put("line", row.line())
                    .put("user", user.substring(0, Math.min(user.length(), Account.LONGEST_ADDRESS)));
            Problem.add(refusal.putArray("errors"), problems);
        }
    }

    int of(Fate fate) {
        return counts.getOrDefault(fate, 0);
    }

    ObjectNode json() {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        counts.forEach((fate, count) -> document.put(fate.name().toLowerCase(Locale.ROOT), count));
        document.set("refusals", refusals);
        ArrayNode columns = document.putArray("ignoredColumns");
        ignored.stream().sorted().forEach(columns::add);
        return document;
    }
}
