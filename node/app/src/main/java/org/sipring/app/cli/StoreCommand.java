package org.sipring.app.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import org.sipring.certs.Refusal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code sipring store}: which nodes keep the platform's documents. */
@Command(
        name = "store",
        description = "Move the platform's documents away from a node, or recover them.",
        mixinStandardHelpOptions = true,
        subcommands = RecoverCommand.class)
final class StoreCommand {
    private static final String REPLACE = "/v1/store/replace";

    @Command(
            description =
                    "Have another node keep the documents in the place of one, alive or dead, at once: without the"
                            + " ten minutes that a dead one is waited for.",
            mixinStandardHelpOptions = true)
    int replace(
            @Mixin OperatorOption operator,
            @Parameters(paramLabel = "NODE", description = "the node that shall keep none, such as n1") String node)
            throws Refusal, IOException {
        operator.api().order(REPLACE, JsonNodeFactory.instance.objectNode().put("node", node));
        System.out.println(
                "Another node takes over the documents of " + node + ", in seconds and the time to copy them:"
                        + " 'sipring status' names " + node + " no longer among those that keep them when it is done.");
        return 0;
    }
}
