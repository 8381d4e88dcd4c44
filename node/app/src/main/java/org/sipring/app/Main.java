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
        // The JDK reads it once, before its first TLS. A phone must not make a node shake hands again and again over
        // one connection, where nothing bounds that; TLS 1.3 has no such thing.
        System.setProperty("jdk.tls.rejectClientInitiatedRenegotiation", "true");
        System.exit(SipringCommand.run(arguments));
    }
}
