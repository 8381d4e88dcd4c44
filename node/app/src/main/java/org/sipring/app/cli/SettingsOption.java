package org.sipring.app.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sipring.app.node.AccountsPart;
import org.sipring.app.process.CommandFailure;
import org.sipring.certs.IdentityFolder;
import org.sipring.runtime.settings.BadSettings;
import org.sipring.runtime.settings.Settings;
import picocli.CommandLine.Option;

/** {@code --config}: how a node behaves. */
final class SettingsOption {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "the node's settings; the defaults hold for what it leaves out")
    private @Nullable Path config;

    /**
     * Reads them, and the accounts that they name.
     *
     * @param folder the node's identity
     * @param dir where that is
     * @return the settings
     * @throws CommandFailure with all mistakes of both files
     */
    Settings read(IdentityFolder folder, Path dir) {
        try {
            return Settings.read(new Settings.Source(
                    Optional.ofNullable(config), folder.self(), dir, AccountsPart::problems, new PhoneCertificates()));
        } catch (BadSettings bad) {
            throw new CommandFailure(String.join(System.lineSeparator(), bad.mistakes()));
        }
    }
}
