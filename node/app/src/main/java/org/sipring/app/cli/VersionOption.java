package org.sipring.app.cli;

import org.sipring.app.process.Release;
import picocli.CommandLine.IVersionProvider;

/** {@code sipring --version}. */
final class VersionOption implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"sipring " + Release.version()};
    }
}
