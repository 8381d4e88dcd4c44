package org.sipring.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.sipring.app.backup.ArchiveFile;
import org.sipring.app.process.CommandFailure;
import org.sipring.certs.FolderKeys;
import org.sipring.certs.Refusal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sipring backup}: all documents of the platform in a file. */
@Command(
        name = "backup",
        description =
                "Write all that the platform keeps into a file, encrypted for the operator who asks, and verify it.",
        mixinStandardHelpOptions = true)
final class BackupCommand implements Callable<Integer> {
    @Mixin
    private OperatorOption operator = new OperatorOption();

    @Parameters(paramLabel = "FILE", arity = "0..1", description = "where to; it must not be there yet")
    private @Nullable Path file;

    @Option(names = "--force", description = "write over FILE")
    private boolean force;

    @Override
    public Integer call() throws Refusal, IOException {
        if (file == null) {
            throw new CommandFailure("say where to: 'sipring backup FILE'");
        }
        if (Files.exists(file) && !force) {
            throw new CommandFailure(file + " is there already: choose another name, or write over it with --force");
        }
        System.out.println(new ArchiveFile(file, FolderKeys.read(operator.folder())).fetch(operator.api()));
        System.out.println(file + " is written and verified. Only the key in " + operator.folder()
                + " opens it: keep a copy of that folder elsewhere.");
        return 0;
    }

    @Command(description = "Read an archive to its end, and say what is in it.", mixinStandardHelpOptions = true)
    int verify(
            @Parameters(paramLabel = "FILE", description = "the archive") Path archive,
            @Mixin OperatorOption who,
            @Option(names = "--key-of", paramLabel = "DIR", description = RestoreCommand.KEY_OF) @Nullable Path keyOf)
            throws IOException {
        System.out.println(new ArchiveFile(archive, FolderKeys.read(keyOf == null ? who.folder() : keyOf)).verify());
        return 0;
    }
}
