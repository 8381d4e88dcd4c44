package org.sipring.app.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import org.sipring.api.NodeId;
import org.sipring.app.process.CommandFailure;

/** What other commands may know of a demo's folder. */
public final class DemoDirectory {
    private DemoDirectory() {}

    /**
     * Reads {@code demo.json}.
     *
     * @param dir the demo's folder
     * @return the document
     * @throws CommandFailure when no demo is ready there
     * @throws IOException when it cannot be read
     */
    public static JsonNode contract(Path dir) throws IOException {
        return DemoJson.read(new DemoLayout(dir))
                .orElseThrow(() -> new CommandFailure(
                        "no platform is ready in " + dir + "; start it with: ./sipring demo --dir " + dir));
    }

    /**
     * Where the operator's identity is.
     *
     * @param dir the demo's folder
     * @return an identity folder
     */
    public static Path operator(Path dir) {
        return new DemoLayout(dir).operator();
    }

    /**
     * Where a node keeps its data.
     *
     * @param dir the demo's folder
     * @param node its name
     * @return its data folder
     */
    public static Path data(Path dir, String node) {
        return new DemoLayout(dir).identity(new NodeId(node)).resolve("data");
    }
}
