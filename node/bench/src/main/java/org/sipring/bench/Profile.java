package org.sipring.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordingFile;
import org.jspecify.annotations.Nullable;

/**
 * Where the time of a load goes.
 *
 * @param load the load
 * @param threads what each kind of thread used for one attempt, in microseconds
 * @param packages of the time that the SIP loops spent in Java, the share of each package of ours, from 0 to 1: the innermost
 *     one on the stack counts
 */
record Profile(Load load, Map<String, Double> threads, Map<String, Double> packages) {
    private static final String OURS = "org.sipring.";
    private static final String LOOPS = "sip-";
    private static final String NOT_OURS = "Netty alone";

    /** What is watched. */
    @FunctionalInterface
    interface Work {
        Played play() throws IOException, InterruptedException;
    }

    static Profile of(Load load, SipringPeer peer, Path dir, Work work) throws IOException, InterruptedException {
        long pid = peer.pids().get(0);
        Path file = dir.resolve(load.kind().scenario + ".jfr");
        flightRecorder(dir, pid, "JFR.start", "name=bench", "settings=profile");
        // To be watched is new to the Java compiler, which works all over again.
        work.play();
        ThreadUse before = ThreadUse.of(pid);
        Played played = work.play();
        ThreadUse used = ThreadUse.of(pid).since(before);
        flightRecorder(dir, pid, "JFR.stop", "name=bench", "filename=" + file);
        Map<String, Double> each = new HashMap<>();
        used.micros().forEach((group, micros) -> each.put(group, micros / Math.max(1, played.succeeded())));
        return new Profile(load, each, packages(file));
    }

    private static void flightRecorder(Path dir, long pid, String command, String... options)
            throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("jcmd", Long.toString(pid), command));
        words.addAll(List.of(options));
        Child.output(dir, command, words);
    }

    private static Map<String, Double> packages(Path file) throws IOException {
        Map<String, Double> shares = new HashMap<>();
        int samples = 0;
        try (RecordingFile recording = new RecordingFile(file)) {
            while (recording.hasMoreEvents()) {
                RecordedEvent event = recording.readEvent();
                if (isOfLoop(event)) {
                    samples++;
                    shares.merge(packageAtWork(event.getStackTrace()), 1.0, Double::sum);
                }
            }
        }
        double all = Math.max(1, samples);
        shares.replaceAll((name, count) -> count / all);
        return shares;
    }

    private static boolean isOfLoop(RecordedEvent event) {
        return event.getEventType().getName().equals("jdk.ExecutionSample")
                && event.getThread("sampledThread") != null
                && event.getThread("sampledThread").getJavaName() != null
                && event.getThread("sampledThread").getJavaName().startsWith(LOOPS);
    }

    private static String packageAtWork(@Nullable RecordedStackTrace stack) {
        if (stack == null) {
            return NOT_OURS;
        }
        return stack.getFrames().stream()
                .map(Profile::type)
                .filter(type -> type.startsWith(OURS))
                .map(Profile::packageOf)
                .findFirst()
                .orElse(NOT_OURS);
    }

    /** The package of a class of ours, without what all of them begin with; a lambda's name goes on behind its class. */
    static String packageOf(String type) {
        int lambda = type.indexOf("$$");
        String name = lambda < 0 ? type : type.substring(0, lambda);
        return name.substring(OURS.length(), name.lastIndexOf('.'));
    }

    private static String type(RecordedFrame frame) {
        return frame.getMethod().getType().getName();
    }
}
