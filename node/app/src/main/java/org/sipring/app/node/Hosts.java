package org.sipring.app.node;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.sipring.app.process.CommandFailure;
import org.sipring.runtime.settings.HostPort;

/** Finds the hosts that settings name, once, at start. Blocks while the system's resolver looks for a name. */
final class Hosts {
    private Hosts() {}

    /**
     * Finds a host.
     *
     * @param key the setting that names it
     * @param host a name or an address
     * @throws CommandFailure when the name is not known
     */
    static InetAddress address(String key, String host) {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException unknown) {
            throw new CommandFailure(key + ": the system's resolver does not know '" + host
                    + "': write an IP address there, or mend /etc/resolv.conf or /etc/hosts");
        }
    }

    /** Finds a server in the same way. */
    static InetSocketAddress address(String key, HostPort server) {
        return new InetSocketAddress(address(key, server.host()), server.port());
    }
}
