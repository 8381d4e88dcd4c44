package org.sipring.bench;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Debian's Kamailio with its fast allocator: the usual one is for debugging, and two to three times slower. */
final class KamailioPeer implements Peer {
    private static final Duration START = Duration.ofSeconds(20);
    private static final Pattern PSS = Pattern.compile("(?m)^Pss:\\s+(\\d+) kB");
    private static final String ADDRESS = "127.0.0.10:5060";

    private final Child child;

    private KamailioPeer(Child child) {
        this.child = child;
    }

    static KamailioPeer start(Path dir, boolean digest) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(
                List.of("kamailio", "-f", Scenarios.file(dir, "kamailio.cfg").toString()));
        words.addAll(List.of("-DD", "-E", "-l", "udp:" + ADDRESS, "-l", "tcp:" + ADDRESS, "-n", "2", "-N", "2"));
        words.addAll(List.of("-m", "1024", "-M", "16", "-x", "fm", "-X", "fm"));
        words.addAll(
                List.of("-Y", dir.toString(), "-P", dir.resolve("kamailio.pid").toString()));
        if (digest) {
            words.addAll(List.of("-A", "WITH_DIGEST=1"));
        }
        KamailioPeer peer = new KamailioPeer(Child.start(dir, "kamailio", words));
        try {
            peer.child.await("Kamailio", START, KamailioPeer::listens);
            return peer;
        } catch (IOException | InterruptedException | RuntimeException failure) {
            peer.close();
            throw failure;
        }
    }

    private static boolean listens() {
        int colon = ADDRESS.indexOf(':');
        try (Socket probe = new Socket(ADDRESS.substring(0, colon), Integer.parseInt(ADDRESS.substring(colon + 1)))) {
            return probe.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    @Override
    public String name() {
        return "Kamailio";
    }

    @Override
    public String sip() {
        return ADDRESS;
    }

    @Override
    public List<Long> pids() {
        return List.of(child.pid());
    }

    /** Its processes' shares of what is resident: it keeps its registrations in memory that they share. */
    @Override
    public long memory() throws IOException {
        ProcessHandle first = ProcessHandle.of(child.pid()).orElseThrow();
        long kilobytes = pss(first.pid());
        for (ProcessHandle process : first.descendants().toList()) {
            kilobytes += pss(process.pid());
        }
        return kilobytes * 1024;
    }

    private static long pss(long pid) throws IOException {
        Matcher pss = PSS.matcher(Files.readString(Path.of("/proc", Long.toString(pid), "smaps_rollup")));
        return pss.find() ? Long.parseLong(pss.group(1)) : 0;
    }

    @Override
    public void close() {
        child.close();
    }
}
