package org.sipring.app.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.sipring.app.demo.Demo;
import org.sipring.runtime.settings.SipSettings.RecordRoute;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sipring demo}. */
@Command(
        name = "demo",
        description = "A whole platform on this machine: nodes as separate processes, and a name server.",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    @Option(names = "--nodes", paramLabel = "N", description = "how many nodes; without it 3, or 1 with --bench")
    private @Nullable Integer nodes;

    @Option(names = "--dir", defaultValue = ".demo", description = "where its files are (${DEFAULT-VALUE})")
    private Path dir = Path.of(".demo");

    @Option(names = "--check", description = "place one real call, say what happened, and exit 0 or 1")
    private boolean check;

    @Option(
            names = "--record-route",
            defaultValue = "name",
            description = "${COMPLETION-CANDIDATES}; 'address' for phones that cannot ask the demo's name server")
    private RecordRoute recordRoute = RecordRoute.NAME;

    @Option(names = "--bench", description = "domain bench.local, accounts u000001 to u100000: for load tests")
    private boolean bench;

    @Option(names = "--auth", description = "with --bench: ask for digest authentication")
    private boolean auth;

    @Override
    public Integer call() throws Exception {
        // Standard output is what other programs read of a demo; progress goes beside it.
        Demo demo = bench
                ? Demo.bench(dir, nodes == null ? 1 : nodes, auth, System.out, System.err)
                : Demo.platform(dir, nodes == null ? 3 : nodes, recordRoute, System.out, System.err);
        return demo.run(check) ? 0 : 1;
    }

    @Command(name = "start-node", description = "Start a dead node of a running demo.", mixinStandardHelpOptions = true)
    int startNode(
            @Parameters(paramLabel = "NODE", description = "the node's name, such as n2") String node,
            @Option(names = "--dir", defaultValue = ".demo", description = "the demo's folder (${DEFAULT-VALUE})")
                    Path folder)
            throws Exception {
        Demo.startNode(folder, node, System.out);
        return 0;
    }
}
