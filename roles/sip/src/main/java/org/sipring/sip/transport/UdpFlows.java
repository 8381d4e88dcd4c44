package org.sipring.sip.transport;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * The UDP flows of the peers that a loop has heard last: transactions linger with theirs by the thousand, and need not each
 * keep an address of its own. Lives in one loop.
 */
final class UdpFlows {
    private static final int KEPT = 1 << 10;

    private final @Nullable Flow[] kept = new Flow[KEPT];

    Flow of(InetSocketAddress local, InetSocketAddress remote) {
        if (remote.getAddress().isLinkLocalAddress()) {
            // Equal addresses may belong to different links.
            return Flow.udp(local, remote);
        }
        int hash = remote.hashCode();
        int slot = (hash ^ hash >>> 16) & KEPT - 1;
        Flow known = kept[slot];
        if (known == null || !known.remote().equals(remote) || !known.local().equals(local)) {
            known = Flow.udp(local, remote);
            kept[slot] = known;
        }
        return known;
    }
}
