package org.sipring.overlay.forming;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/** Where members may be: the targets of {@code _sipring._tcp} SRV with their addresses, and those of the configuration. */
@FunctionalInterface
public interface Seeds {
    /**
     * Asks DNS, past every cache. May block for some seconds; called from worker threads, one call at a time.
     *
     * @return the addresses, none when there are no such records; empty when DNS gave no answer
     */
    Optional<List<InetSocketAddress>> lookup();

    /**
     * Addresses to try that DNS need not know; they prove nothing about whether a platform is published.
     *
     * @return the same at every call
     */
    default List<InetSocketAddress> configured() {
        return List.of();
    }
}
