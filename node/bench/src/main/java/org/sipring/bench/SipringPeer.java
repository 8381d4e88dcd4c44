package org.sipring.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One node, as {@code ./sipring demo --bench} starts it. */
final class SipringPeer implements Peer {
    private static final Duration START = Duration.ofMinutes(3);
    private static final Pattern TOTAL = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)");

    private final Path dir;
    private final Child demo;
    private final long pid;

    private SipringPeer(Path dir, Child demo, long pid) {
        this.dir = dir;
        this.demo = demo;
        this.pid = pid;
    }

    static SipringPeer start(Path root, Path dir, boolean digest) throws IOException, InterruptedException {
        Path files = Files.createTempDirectory(dir, "sipring");
        List<String> words = new ArrayList<>(
                List.of(root.resolve("sipring").toString(), "demo", "--bench", "--dir", files.toString()));
        if (digest) {
            words.add("--auth");
        }
        Child demo = Child.start(dir, files.getFileName().toString(), words);
        try {
            Path contract = files.resolve("demo.json");
            demo.await("the demo's node", START, () -> Files.exists(contract));
            long pid = new ObjectMapper()
                    .readTree(contract.toFile())
                    .at("/nodes/0/pid")
                    .asLong();
            return new SipringPeer(dir, demo, pid);
        } catch (IOException | InterruptedException | RuntimeException failure) {
            demo.close();
            throw failure;
        }
    }

    @Override
    public String name() {
        return "Sipring";
    }

    @Override
    public String sip() {
        return "127.0.0.11:5060";
    }

    @Override
    public long pid() {
        return pid;
    }

    /** The live heap: counting its objects collects the garbage first. */
    @Override
    public long memory() throws IOException, InterruptedException {
        String histogram = Child.output(dir, "histogram", List.of("jcmd", Long.toString(pid), "GC.class_histogram"));
        Matcher total = TOTAL.matcher(histogram);
        if (!total.find()) {
            throw new IOException(
                    "jcmd told no heap: " + histogram.lines().limit(3).toList());
        }
        return Long.parseLong(total.group(1));
    }

    @Override
    public void close() {
        demo.close();
    }
}
