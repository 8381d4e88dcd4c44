package org.sipring.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A platform of equal nodes, as {@code ./sipring demo --bench} starts it. */
final class SipringPeer implements Peer {
    // What was answered over UDP is kept for 32 s, to answer repetitions (RFC 3261 section 17.2.2, Timer J).
    private static final int SETTLING_SECONDS = 36;
    private static final Pattern TOTAL = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)");

    private final Path dir;
    private final DemoPlatform demo;

    private SipringPeer(Path dir, DemoPlatform demo) {
        this.dir = dir;
        this.demo = demo;
    }

    static SipringPeer start(Path root, Path dir, ServerSetup setup) throws IOException, InterruptedException {
        List<String> options = new ArrayList<>(List.of("--bench", "--nodes", Integer.toString(setup.nodes())));
        if (setup.digest()) {
            options.add("--auth");
        }
        return new SipringPeer(dir, DemoPlatform.start(root, dir, options));
    }

    private DemoPlatform.Node first() {
        return demo.nodes().get(0);
    }

    @Override
    public String name() {
        int nodes = demo.nodes().size();
        return nodes == 1 ? "Sipring" : "Sipring, " + nodes + " nodes";
    }

    @Override
    public boolean compiles() {
        return true;
    }

    @Override
    public String sip() {
        return sip(first());
    }

    @Override
    public String called() {
        return sip(demo.nodes().get(demo.nodes().size() - 1));
    }

    private static String sip(DemoPlatform.Node node) {
        return node.address() + ":5060";
    }

    @Override
    public List<Long> pids() {
        return demo.pids();
    }

    /** Of the node that the load comes to. */
    @Override
    public List<Double> pauses() throws IOException {
        return Pauses.of(demo.files().resolve("logs").resolve(first().id() + "-gc.log"));
    }

    /** The live heap of the node that the load comes to, idle: counting its objects collects the garbage first. */
    @Override
    public long memory() throws IOException, InterruptedException {
        TimeUnit.SECONDS.sleep(SETTLING_SECONDS);
        String histogram =
                Child.output(dir, "histogram", List.of("jcmd", Long.toString(first().pid()), "GC.class_histogram"));
        Matcher total = TOTAL.matcher(histogram);
        if (!total.find()) {
            throw new IOException(
                    "jcmd told no heap: " + histogram.lines().limit(3).toList());
        }
        return Long.parseLong(total.group(1));
    }

    /** The certificate of the authority that its nodes prove themselves with. */
    Path authority() {
        return demo.files().resolve("ca").resolve("ca.crt");
    }

    String address() {
        return first().address();
    }

    @Override
    public void close() {
        demo.close();
    }
}
