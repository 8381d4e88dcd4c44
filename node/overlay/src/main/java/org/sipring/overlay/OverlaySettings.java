package org.sipring.overlay;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Set;
import org.sipring.api.Identity;
import org.sipring.api.Member;
import org.sipring.api.NodeState;
import org.sipring.api.RoleName;
import org.sipring.overlay.tls.TlsLimits;

/**
 * What distinguishes this node's overlay.
 *
 * @param listen its own IP address and overlay port; its connections come from this address, too
 * @param dataDirectory where it remembers the platform and its members
 * @param roles the roles it takes; each must be permitted by its certificate
 * @param weight its capacity relative to the others
 * @param version the release it runs
 * @param limits against strangers
 */
public record OverlaySettings(
        InetSocketAddress listen,
        Path dataDirectory,
        Set<RoleName> roles,
        int weight,
        String version,
        TlsLimits limits) {
    /** The overlay's port, unless configured otherwise. */
    public static final int PORT = 7600;

    /** Copies the roles. */
    public OverlaySettings {
        roles = Set.copyOf(roles);
    }

    /**
     * This node before it has joined.
     *
     * @param identity its certificate
     * @param boot a number chosen anew at each start
     * @return of no rank yet
     */
    Member member(Identity identity, long boot) {
        String address = listen.getAddress().getHostAddress();
        return new Member(identity.self().node(), address, roles, weight, version, NodeState.JOINING, boot, 0, false);
    }
}
