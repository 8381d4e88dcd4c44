package org.sipring.app.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.concurrent.Callable;
import org.sipring.app.status.StatusClient;
import org.sipring.app.status.StatusTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sipring status}. */
@Command(name = "status", description = "Show the whole platform, from any node.", mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {
    @Mixin
    private PlatformOption platform = new PlatformOption();

    @Option(names = "--json", description = "as JSON; docs/status.schema.json describes it")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        String answer =
                new StatusClient().ask(platform.httpAuthorities(), "/status").text();
        if (json) {
            System.out.println(answer);
        } else {
            StatusTable.render(new ObjectMapper().readTree(answer)).forEach(System.out::println);
        }
        return 0;
    }
}
