package org.sipring.app.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.sipring.app.node.StoreRecovery;
import org.sipring.app.process.CommandFailure;
import org.sipring.certs.IdentityFolder;
import org.sipring.certs.Refusal;
import org.sipring.runtime.SystemTime;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sipring store recover}. */
@Command(
        name = "recover",
        description =
                "When most of the nodes that kept the documents are lost for good: have this one, which does not run, go"
                        + " on alone with what it has. What only the lost ones had is lost.",
        mixinStandardHelpOptions = true)
final class RecoverCommand implements Callable<Integer> {
    @Option(names = "--identity", required = true, paramLabel = "DIR", description = "the node's identity folder")
    private Path identity = Path.of("");

    @Mixin
    private SettingsOption configuration = new SettingsOption();

    @Option(names = "--yes", description = "do it; without this, only say what the node has")
    private boolean yes;

    @Override
    public Integer call() throws Refusal, IOException {
        IdentityFolder folder = IdentityFolder.load(identity, SystemTime.clock());
        try (StoreRecovery recovery = StoreRecovery.open(folder, configuration.read(folder, identity))) {
            System.out.println(recovery.found());
            if (!yes) {
                throw new CommandFailure(
                        "nothing was changed. While most of these nodes can come back, start them instead:"
                                + " then nothing is lost. If they are gone for good, give the command on each that is left, and"
                                + " again with --yes on the one whose last change is the highest: it goes on with what it has, and"
                                + " what only the others had is lost. Delete the folder 'store' in the data folders of the others"
                                + " before they start.");
            }
            recovery.alone();
        }
        System.out.println("From its next start on, " + folder.self().node()
                + " keeps the documents alone; then other nodes get copies by themselves. None of the former ones may start"
                + " with its folder 'store': delete it there.");
        return 0;
    }
}
