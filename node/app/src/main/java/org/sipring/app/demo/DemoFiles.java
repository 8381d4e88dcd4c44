package org.sipring.app.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.sipring.api.Chance;
import org.sipring.app.demo.DemoPlan.DemoNode;
import org.sipring.dns.wire.TsigKey;

/** Writes the configuration that the demo's nodes run with, and the key that signs their DNS updates. */
final class DemoFiles {
    private final DemoPlan plan;
    private final Chance chance;

    DemoFiles(DemoPlan plan, Chance chance) {
        this.plan = plan;
        this.chance = chance;
    }

    void writeKey() throws IOException {
        Path file = plan.layout().tsig();
        if (!Files.exists(file)) {
            Files.createDirectories(file.getParent());
            TsigKey.generate("sipring." + plan.domain(), chance).write(file);
        }
    }

    void writeConfigurations() throws IOException {
        for (DemoNode node : plan.nodes()) {
            Path file = plan.layout().config(node.id());
            Files.createDirectories(file.getParent());
            Files.write(file, configuration());
        }
    }

    private List<String> configuration() {
        DemoLayout layout = plan.layout();
        return List.of(
                "# Written by `sipring demo` at each start.",
                "node.accounts-file = \"" + layout.accounts() + "\"",
                "dns.primary = \"" + plan.dns() + "\"",
                "dns.resolver = \"" + plan.dns() + "\"",
                "dns.tsig-file = \"" + layout.tsig() + "\"",
                "sip.record-route = " + plan.recordRoute(),
                "sip.authentication = " + (plan.digest() ? "digest" : "none"),
                "sip.any-contact = " + plan.bench(),
                "store.durable = " + !plan.bench(),
                "# Where there is such a file, it holds for all nodes.",
                "include file(\"" + layout.settings() + "\")");
    }
}
