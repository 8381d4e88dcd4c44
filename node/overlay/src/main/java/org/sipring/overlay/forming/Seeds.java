package org.sipring.overlay.forming;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/** Where DNS says members are: the targets of {@code _sipring._tcp} SRV, with their addresses. */
@FunctionalInterface
public interface Seeds {
    /**
     * Asks DNS, past every cache. May block for some seconds; called from worker threads, one call at a time.
     *
     * @return the addresses, none when there are no such records; empty when DNS gave no answer
     */
    Optional<List<InetSocketAddress>> lookup();
}
