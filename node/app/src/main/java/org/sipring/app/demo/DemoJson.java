package org.sipring.app.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;
import org.sipring.api.DurableFile;

/** {@code demo.json}: what other programs read of a running demo. Appears complete, and only when all is ready. */
final class DemoJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private DemoJson() {}

    static void write(DemoPlan plan, Children children, List<DemoAccount> accounts) throws IOException {
        ObjectNode root = JSON.createObjectNode();
        root.put("domain", plan.domain()).put("dns", plan.dns());
        for (DemoPlan.DemoNode node : plan.nodes()) {
            root.withArray("/nodes")
                    .addObject()
                    .put("id", node.id().value())
                    .put("address", node.address())
                    .put("pid", children.pid(node.id().value()).orElse(0L));
        }
        for (DemoAccount account : accounts) {
            root.withArray("/accounts")
                    .addObject()
                    .put("uri", "sip:" + account.aor())
                    .put("user", account.user())
                    .put("password", account.password());
        }
        byte[] json = JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(root);
        DurableFile.replace(plan.layout().json(), json, DemoLayout.OWNER_ONLY);
    }

    static Optional<JsonNode> read(DemoLayout layout) throws IOException {
        try {
            return Optional.of(JSON.readTree(Files.readAllBytes(layout.json())));
        } catch (NoSuchFileException notReady) {
            return Optional.empty();
        }
    }

    /** The process id of a node, or 0 when unknown. */
    static long pid(JsonNode demo, String node) {
        for (JsonNode each : demo.path("nodes")) {
            if (each.path("id").asText().equals(node)) {
                return each.path("pid").asLong();
            }
        }
        return 0;
    }
}
