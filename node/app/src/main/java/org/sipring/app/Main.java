package org.sipring.app;

import org.sipring.app.cli.SipringCommand;

/** The program's entrance. */
public final class Main {
    private Main() {}

    /**
     * Runs one command and exits with its status: 0 done, 1 failed, 2 not understood.
     *
     * @param arguments the command line
     */
    public static void main(String[] arguments) {
        System.exit(SipringCommand.run(arguments));
    }
}
