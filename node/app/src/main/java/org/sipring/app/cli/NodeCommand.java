package org.sipring.app.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.sipring.app.node.NodeProgram;
import org.sipring.app.process.CommandFailure;
import org.sipring.app.process.Forever;
import org.sipring.certs.IdentityFolder;
import org.sipring.overlay.forming.Wish;
import org.sipring.runtime.SystemTime;
import org.sipring.runtime.settings.Settings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sipring node}. */
@Command(name = "node", description = "Run one node of a platform.", mixinStandardHelpOptions = true)
final class NodeCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(NodeCommand.class);

    @Option(names = "--identity", required = true, paramLabel = "DIR", description = "the node's identity folder")
    private @Nullable Path identity;

    @Mixin
    private SettingsOption configuration = new SettingsOption();

    @Option(names = "--bootstrap", description = "begin a new platform with this node; only ever once")
    private boolean bootstrap;

    @Option(
            names = "--force-form",
            description = "form the platform although a majority of its members is missing and will not come back")
    private boolean forceForm;

    private volatile @Nullable String lost;

    @Override
    public Integer call() throws Exception {
        if (identity == null) {
            throw new CommandFailure("--identity DIR: name the node's identity folder");
        }
        IdentityFolder folder = IdentityFolder.load(identity, SystemTime.clock());
        if (folder.selfRevoked()) {
            throw new CommandFailure(revoked(folder, "cannot join"));
        }
        Settings settings = configuration.read(folder, identity);
        settings.warnings().forEach(LOG::warn);
        try (Forever stay = new Forever("node-stop")) {
            folder.onChange(() -> {
                if (folder.selfRevoked()) {
                    leave(stay, revoked(folder, "leaves"));
                }
            });
            NodeProgram node = new NodeProgram(folder, settings, wish(), why -> leave(stay, why));
            run(
                    node,
                    stay,
                    folder.self().node() + " is in service on "
                            + settings.node().address());
        }
        if (lost != null) {
            throw new CommandFailure(lost);
        }
        return 0;
    }

    private static void run(NodeProgram node, Forever stay, String inService) throws Exception {
        try {
            node.start();
            LOG.info(inService);
            stay.untilTold();
        } catch (InterruptedException toldWhileStarting) {
            LOG.info("told to end while starting");
        } finally {
            node.stop();
        }
    }

    private static String revoked(IdentityFolder folder, String what) {
        return "the certificate of %s is revoked: it %s the platform; ask the operator of %s for a new identity"
                .formatted(folder.self().node(), what, folder.self().domain());
    }

    private Wish wish() {
        if (bootstrap) {
            return Wish.BOOTSTRAP;
        }
        return forceForm ? Wish.FORCE_FORM : Wish.JOIN;
    }

    private void leave(Forever stay, String why) {
        lost = why;
        stay.end();
    }
}
