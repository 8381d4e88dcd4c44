package org.sipring.app.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.sipring.api.Backups.Replaced;
import org.sipring.app.account.PlatformApi;
import org.sipring.app.backup.ArchiveFile;
import org.sipring.app.backup.Restoration;
import org.sipring.app.process.CommandFailure;
import org.sipring.certs.FolderKeys;
import org.sipring.certs.Refusal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sipring restore}: what a file says becomes what the platform keeps. */
@Command(
        name = "restore",
        description = "Make the platform keep what an archive says: what was changed or added since then is lost.",
        mixinStandardHelpOptions = true)
final class RestoreCommand implements Callable<Integer> {
    static final String KEY_OF = "the identity folder whose key opens the archive; without it the operator's";

    @Mixin
    private OperatorOption operator = new OperatorOption();

    @Parameters(paramLabel = "FILE", description = "what 'sipring backup' has written")
    private Path file = Path.of("");

    @Option(names = "--key-of", paramLabel = "DIR", description = KEY_OF)
    private @Nullable Path keyOf;

    @Option(names = "--yes", description = "also where something is changed or removed, and so lost")
    private boolean yes;

    @Override
    public Integer call() throws Refusal, IOException {
        ArchiveFile archive = new ArchiveFile(file, FolderKeys.read(keyOf == null ? operator.folder() : keyOf));
        ArchiveFile.Content content = archive.verify();
        System.out.println(content);
        if (!content.about().domain().equals(operator.domain())) {
            throw new CommandFailure("the archive is of " + content.about().domain() + ", and this platform is "
                    + operator.domain() + ": nobody's password would be right here");
        }
        PlatformApi api = operator.api();
        Replaced would = new Restoration(archive, api, true).run();
        System.out.println(text("to be restored", would));
        if (would.changed() + would.removed() > 0 && !yes) {
            throw new CommandFailure("nothing was changed: give the command again with --yes");
        }
        System.out.println(text("restored", new Restoration(archive, api, false).run()));
        return 0;
    }

    private static String text(String what, Replaced replaced) {
        return "%s: %d created, %d changed, %d removed; %d were so already, %d are the platform's own and stay"
                .formatted(
                        what,
                        replaced.created(),
                        replaced.changed(),
                        replaced.removed(),
                        replaced.same(),
                        replaced.kept());
    }
}
