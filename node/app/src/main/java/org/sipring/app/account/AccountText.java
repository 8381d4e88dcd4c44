package org.sipring.app.account;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Accounts, as the API shows them, for people. Pure. */
public final class AccountText {
    /** The counts of an import, in the order in which people ask for them. */
    private static final List<String> FATES =
            List.of("created", "updated", "unchanged", "kept", "elsewhere", "refused");

    private AccountText() {}

    /**
     * An account in one line.
     *
     * @param account its document
     * @return address, name, and what is not as it usually is
     */
    public static String line(JsonNode account) {
        String notes = Stream.of(
                        account.path("enabled").asBoolean() ? "" : "disabled",
                        account.path("doNotDisturb").asBoolean() ? "do not disturb" : "",
                        account.path("blocked").isEmpty()
                                ? ""
                                : account.path("blocked").size() + " blocked",
                        forwards(account.path("forwarding")).isEmpty() ? "" : "forwards")
                .filter(note -> !note.isEmpty())
                .collect(Collectors.joining(", "));
        return "%-32s %-24s %s"
                .formatted(
                        account.path("address").asText(), account.path("name").asText(), notes)
                .stripTrailing();
    }

    /**
     * An account in full.
     *
     * @param account its document
     * @return lines without line ends
     */
    public static List<String> lines(JsonNode account) {
        List<String> lines = new ArrayList<>();
        lines.add(account.path("address").asText());
        add(lines, "name", List.of(account.path("name").asText()));
        add(lines, "enabled", List.of(yes(account.path("enabled"))));
        add(lines, "aliases", List.of(texts(account.path("aliases"))));
        add(lines, "contacts", List.of(account.has("contacts") ? "at most " + account.path("contacts") : ""));
        add(lines, "do not disturb", List.of(yes(account.path("doNotDisturb"))));
        add(lines, "blocked", List.of(texts(account.path("blocked"))));
        add(lines, "forwarding", forwards(account.path("forwarding")));
        add(lines, "password for", List.of(texts(account.path("algorithms"))));
        return lines;
    }

    private static void add(List<String> lines, String name, List<String> values) {
        String label = name;
        for (String value : values.isEmpty() ? List.of("") : values) {
            lines.add("  %-15s %s".formatted(label, value.isEmpty() ? "-" : value));
            label = "";
        }
    }

    private static String yes(JsonNode flag) {
        return flag.asBoolean() ? "yes" : "no";
    }

    private static String texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.joining(", "));
    }

    private static List<String> forwards(JsonNode forwarding) {
        Map<String, String> when = Map.of(
                "always", "always",
                "busy", "when busy",
                "noAnswer", "after " + forwarding.path("patience") + " s without an answer",
                "unregistered", "without a phone");
        return Stream.of("always", "busy", "noAnswer", "unregistered")
                .filter(forwarding::has)
                .map(field -> when.get(field) + ": " + forwarding.path(field).asText())
                .toList();
    }

    /**
     * What an import did.
     *
     * @param report its document
     * @return lines without line ends
     */
    public static List<String> report(JsonNode report) {
        List<String> lines = new ArrayList<>();
        report.path("refusals").forEach(refusal -> refusal.path("errors")
                .forEach(error -> lines.add("line %d, %s: %s"
                        .formatted(
                                refusal.path("line").asInt(),
                                refusal.path("user").asText(),
                                Problem.line(error)))));
        if (!report.path("ignoredColumns").isEmpty()) {
            lines.add("not looked at: " + texts(report.path("ignoredColumns")));
        }
        lines.add(FATES.stream()
                .map(fate -> report.path(fate).asInt() + " " + fate)
                .collect(Collectors.joining(", ")));
        return lines;
    }
}
