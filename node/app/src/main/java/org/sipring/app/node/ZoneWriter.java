package org.sipring.app.node;

import java.io.IOException;
import java.util.Optional;
import org.sipring.api.Chance;
import org.sipring.api.NodeId;
import org.sipring.api.Overlay;
import org.sipring.api.RoleName;
import org.sipring.api.Store;
import org.sipring.api.Ticker;
import org.sipring.dns.ConfirmedViews;
import org.sipring.dns.DnsDesk;
import org.sipring.dns.DnsState;
import org.sipring.dns.Manager;
import org.sipring.dns.ZoneReport;
import org.sipring.dns.fence.FenceFile;
import org.sipring.dns.plan.ZonePolicy;
import org.sipring.dns.wire.Rfc2136Primary;
import org.sipring.runtime.Rooms;
import org.sipring.runtime.SystemTime;
import org.sipring.runtime.settings.HostPort;
import org.sipring.runtime.settings.Settings;

/**
 * The part of a node that may write DNS and has been told where.
 *
 * @param self this node
 * @param room its manager's
 * @param key signs its updates
 * @param manager keeps the zone right
 * @param desk answers how DNS is, and reads the zone for others
 */
record ZoneWriter(NodeId self, Ticker room, UpdateKey key, Manager manager, DnsDesk desk) {
    static Optional<ZoneWriter> of(Settings settings, String domain, Overlay overlay, Rooms rooms, Chance chance)
            throws IOException {
        if (!Roles.taken(settings).contains(RoleName.MANAGER)) {
            return Optional.empty();
        }
        UpdateKey key = UpdateKey.read(settings.dns().tsigFile());
        HostPort server = settings.dns().primary().orElseThrow();
        Rfc2136Primary primary = new Rfc2136Primary(
                Hosts.address("dns.primary", server),
                domain + ".",
                key,
                Rfc2136Primary.USUAL_LIMIT,
                rooms.open("dns-wire"),
                chance);
        Ticker room = rooms.open("dns");
        ZonePolicy policy = policy(settings, domain);
        FenceFile memory = new FenceFile(settings.node().dataDir().resolve("dns-epoch"));
        Manager manager = new Manager(
                policy,
                new Manager.Ports(overlay.self(), primary, new ConfirmedViews(overlay, room), room, chance, memory));
        DnsDesk desk = new DnsDesk(
                overlay,
                manager::state,
                () -> ZoneReport.read(
                        primary, policy, overlay.view(), SystemTime.clock().instant()));
        return Optional.of(new ZoneWriter(overlay.self(), room, key, manager, desk));
    }

    /** Begins to write; the store says with which key. Blocks. */
    void start(Store store) {
        key.share(store, self, room);
        manager.start();
    }

    void stop() {
        manager.stop();
    }

    /** The desk of a node that may not write DNS: it asks the manager. */
    static DnsDesk deskOfReader(Overlay overlay) {
        return new DnsDesk(overlay, () -> DnsState.unknown(overlay.self(), "is not permitted to write DNS"));
    }

    /** What the operator decides of the platform's own zone. */
    static ZonePolicy policy(Settings settings, String domain) {
        ZonePolicy ordinary = ZonePolicy.ordinary(domain);
        return new ZonePolicy(
                domain,
                settings.dns().ttl(),
                settings.sip().port(),
                settings.sip().tls().port(),
                settings.dns().preferSips(),
                settings.sip().web().port(),
                settings.sip().web().securePort(),
                settings.overlay().port(),
                settings.http().port(),
                settings.provisioning().port(),
                ordinary.survivors());
    }
}
