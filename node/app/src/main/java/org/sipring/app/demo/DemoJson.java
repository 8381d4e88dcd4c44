package org.sipring.app.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;

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
        Path file = plan.layout().json();
        Path part = file.resolveSibling("demo.json.part");
        Files.deleteIfExists(part);
        // It holds the accounts' passwords.
        Files.createFile(part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        JSON.writerWithDefaultPrettyPrinter().writeValue(part.toFile(), root);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
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
