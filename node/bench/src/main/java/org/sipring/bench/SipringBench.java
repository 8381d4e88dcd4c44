package org.sipring.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.sipring.certs.Refusal;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The program. */
@Command(
        name = "sipring-bench",
        mixinStandardHelpOptions = true,
        description = "Measures one node beside Kamailio, in turns, on 127.0.0.11 and 127.0.0.10, and writes a report. "
                + "Stop what uses these addresses first, a demo for instance.")
final class SipringBench implements Callable<Integer> {
    @Option(
            names = "--quick",
            description = "Five minutes instead of half an hour: shows that it works; quote nothing.")
    private boolean quick;

    @Option(names = "--out", paramLabel = "FILE", description = "The report; docs/benchmarks.md where nothing is said.")
    private Path out = root().resolve("docs/benchmarks.md");

    private SipringBench() {}

    /** Runs it and ends the process. */
    public static void main(String[] args) {
        Runtime.getRuntime().addShutdownHook(new Thread(SipringBench::endChildren, "children"));
        System.exit(new CommandLine(new SipringBench()).execute(args));
    }

    // Ctrl-C reaches them, too, but a signal to this process alone does not.
    private static void endChildren() {
        ProcessHandle.current().descendants().forEach(ProcessHandle::destroy);
    }

    private static Path root() {
        return Path.of(System.getProperty("sipring.root", ".")).toAbsolutePath();
    }

    @Command(
            name = "store",
            description =
                    "Measures the durable store, on 127.0.0.11 to 127.0.0.14, and writes its chapter of the report."
                            + " Stop what uses these addresses first, a demo for instance.",
            mixinStandardHelpOptions = true)
    int store(
            @Option(
                            names = "--quick",
                            description = "Two minutes instead of eight: shows that it works; quote nothing.")
                    boolean fast,
            @Option(
                            names = "--out",
                            paramLabel = "FILE",
                            description = "The report; docs/benchmarks.md where nothing is said.")
                    @Nullable
                    Path report)
            throws InterruptedException, Refusal {
        Path file = report == null ? root().resolve("docs/benchmarks.md") : report;
        try {
            Path dir = Files.createTempDirectory("sipring-bench");
            System.err.println("the nodes' own words are in " + dir);
            Machine machine = Machine.here(dir);
            StorePlan plan = fast ? StorePlan.QUICK : StorePlan.WHOLE;
            StoreFindings findings = new StoreMeasurement(root(), dir, plan, System.err).run();
            Chapters.last(file, StoreReport.of(findings, machine));
            System.err.println("written: " + file);
            return 0;
        } catch (IOException failure) {
            System.err.println("sipring-bench: " + failure.getMessage());
            return 1;
        }
    }

    @Override
    public Integer call() throws InterruptedException {
        Plan plan = quick ? Plan.QUICK : Plan.WHOLE;
        try {
            Path dir = Files.createTempDirectory("sipring-bench");
            System.err.println("sipp's and the servers' own words are in " + dir);
            Findings findings = new Measurement(root(), dir, plan, System.err).run();
            Chapters.first(out, Report.of(findings, plan, Machine.here(dir)));
            System.err.println("written: " + out);
            return 0;
        } catch (IOException failure) {
            System.err.println("sipring-bench: " + failure.getMessage());
            return 1;
        }
    }
}
