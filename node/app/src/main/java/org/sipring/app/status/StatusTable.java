package org.sipring.app.status;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Renders a status document ({@code docs/status.schema.json}) as text for people. */
public final class StatusTable {
    private static final List<String> HEAD =
            List.of("NODE", "ADDRESS", "STATE", "ROLES", "WEIGHT", "RING", "VERSION", "");

    private StatusTable() {}

    /**
     * Renders.
     *
     * @param status a status document
     * @return lines without line ends
     */
    public static List<String> render(JsonNode status) {
        List<String> lines = new ArrayList<>();
        lines.add("Platform %s   id %s   as %s sees it"
                .formatted(text(status, "domain"), text(status, "platform"), text(status, "node")));
        lines.add("");
        lines.addAll(members(status));
        lines.add("");
        lines.add("soft state: "
                + (status.path("tableSafe").asBoolean()
                        ? "safe, every acknowledged binding has its backup"
                        : "NOT SAFE: a crash now may lose bindings (one node alone, or backups still being made)"));
        lines.add("documents: " + documents(status.path("store"), text(status, "node")));
        lines.addAll(dns(status.path("dns")));
        status.path("alarms").forEach(alarm -> lines.add("ALARM: " + alarm.asText()));
        lines.addAll(someBans(status.path("bans")));
        return lines;
    }

    private static List<String> someBans(JsonNode bans) {
        List<String> lines = new ArrayList<>();
        bans.path("listed").forEach(ban -> lines.add(ban(ban)));
        int more = bans.path("count").asInt() - lines.size();
        if (more > 0) {
            lines.add("banned: %d more".formatted(more));
        }
        return lines;
    }

    /**
     * Renders a list of bans.
     *
     * @param list what {@code /bans} said
     * @return lines without line ends
     */
    public static List<String> bans(JsonNode list) {
        List<String> lines = new ArrayList<>();
        list.path("bans").forEach(ban -> lines.add(ban(ban)));
        return lines.isEmpty() ? List.of("nobody is banned") : lines;
    }

    private static String ban(JsonNode ban) {
        return "banned: %s until %s, %s".formatted(text(ban, "source"), text(ban, "until"), text(ban, "reason"));
    }

    private static List<String> members(JsonNode status) {
        List<List<String>> rows = new ArrayList<>(List.of(HEAD));
        for (JsonNode member : status.path("members")) {
            rows.add(List.of(
                    text(member, "id"),
                    text(member, "address"),
                    text(member, "state") + (member.path("busy").asBoolean() ? ", busy" : ""),
                    list(member.path("roles")),
                    text(member, "weight"),
                    "%.1f %%".formatted(member.path("ringShare").asDouble() * 100),
                    text(member, "version"),
                    text(member, "id").equals(text(status, "manager")) ? "manager" : ""));
        }
        int[] widths = new int[HEAD.size()];
        rows.forEach(row -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        return rows.stream().map(row -> aligned(row, widths)).toList();
    }

    private static String aligned(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
        }
        return line.toString().stripTrailing();
    }

    private static String documents(JsonNode store, String node) {
        if (!store.path("durable").asBoolean()) {
            return "in the memory of each node, and gone with it";
        }
        String readable = store.path("readable").asBoolean() ? "" : "; CANNOT BE READ by this node now";
        if (store.path("keptBy").isEmpty()) {
            return "kept by other nodes: ask one that has the role store" + readable;
        }
        return "kept by " + list(store.path("keptBy")) + leader(store, node) + replacing(store) + readable;
    }

    // Who keeps no replica knows nobody who leads, and that is as it should be.
    private static String leader(JsonNode store, String node) {
        boolean keeps = StreamSupport.stream(store.path("keptBy").spliterator(), false)
                .anyMatch(keeper -> keeper.asText().equals(node));
        boolean known = store.path("leader").isTextual();
        return keeps || known ? ", led by " + text(store, "leader") : "";
    }

    private static String replacing(JsonNode store) {
        return store.path("replacing").isEmpty() ? "" : "; to be replaced: " + list(store.path("replacing"));
    }

    private static List<String> dns(JsonNode dns) {
        List<String> lines = new ArrayList<>();
        lines.add("DNS: %s; written by %s, epoch %s, update %s"
                .formatted(
                        dns.path("inSync").asBoolean() ? "as it should be" : "NOT as it should be",
                        text(dns, "holder"),
                        text(dns, "epoch"),
                        text(dns, "seq")));
        if (!dns.path("inSync").asBoolean()) {
            lines.add("DNS: %s %s".formatted(text(dns, "reporter"), text(dns, "activity")));
        }
        dns.path("alarms").forEach(alarm -> lines.add("ALARM: " + alarm.asText()));
        return lines;
    }

    private static String list(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.joining(","));
    }

    private static String text(JsonNode node, String field) {
        String text = node.path(field).asText("");
        return text.isEmpty() ? "-" : text;
    }
}
