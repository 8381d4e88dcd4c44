package org.sipring.app.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * How {@code start-node} tells the running demo, whose children all nodes are, to start one again: by a file with the
 * node's name.
 */
final class DemoWishes {
    private final Path folder;

    DemoWishes(DemoLayout layout) {
        this.folder = layout.requests();
    }

    void wish(String node) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(node), "");
    }

    /** Takes the wishes made since the last call. */
    List<String> take() throws IOException {
        List<String> wishes = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                    wishes.add(file.getFileName().toString());
                }
            }
        }
        return wishes;
    }
}
