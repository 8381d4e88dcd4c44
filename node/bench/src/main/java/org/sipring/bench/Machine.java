package org.sipring.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Where it was measured. */
record Machine(String processors, String kernel, String java, String kamailio, String load) {
    static Machine here(Path dir) throws IOException, InterruptedException {
        String model = Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).trim())
                .findFirst()
                .orElse(System.getProperty("os.arch"));
        String version = Child.output(dir, "version", List.of("kamailio", "-v"))
                .lines()
                .findFirst()
                .orElse("");
        return new Machine(
                Runtime.getRuntime().availableProcessors() + " x " + model,
                "Linux " + System.getProperty("os.version"),
                System.getProperty("java.vm.name") + " " + Runtime.version(),
                version,
                Files.readString(Path.of("/proc/loadavg")).split(" ", -1)[0]);
    }
}
