package org.sipring.app.cli;

import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/** {@code sipring}: all commands. */
@Command(
        name = "sipring",
        description = "Self-organizing SIP infrastructure: many equal nodes, one platform.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionOption.class,
        subcommands = {
            DemoCommand.class,
            NodeCommand.class,
            StatusCommand.class,
            WhyCommand.class,
            BanCommand.class,
            AccountCommand.class,
            DomainCommand.class,
            BackupCommand.class,
            RestoreCommand.class,
            StoreCommand.class,
            CaCommand.class,
            DnsCommand.class,
            DnsServerCommand.class
        })
public final class SipringCommand implements Runnable {
    @CommandLine.Spec
    private @Nullable CommandSpec spec;

    /**
     * Runs a command line.
     *
     * @param arguments the words
     * @return 0 done, 1 failed, 2 not understood
     */
    public static int run(String... arguments) {
        return new CommandLine(new SipringCommand())
                .setExecutionExceptionHandler(SipringCommand::explain)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments);
    }

    @Override
    public void run() {
        if (spec != null) {
            spec.commandLine().usage(System.out);
        }
    }

    // What a user can mend is said in words; anything else is a bug and shows where it happened.
    private static int explain(Exception failure, CommandLine command, CommandLine.ParseResult line) throws Exception {
        List<String> words = Complaint.of(failure);
        if (words.isEmpty()) {
            throw failure;
        }
        PrintWriter err = command.getErr();
        words.forEach(err::println);
        err.flush();
        return CommandLine.ExitCode.SOFTWARE;
    }
}
