package org.sipring.app.node;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.sipring.api.RoleContext;
import org.sipring.dns.plan.GuestZone;
import org.sipring.provisioning.ProvisioningRole;
import org.sipring.provisioning.ProvisioningSettings;
import org.sipring.provisioning.form.DnsAdvice;
import org.sipring.runtime.settings.Settings;

/** The API for accounts, as the operator's settings want it. */
final class ProvisioningPart {
    private static final long START_SECONDS = 60;
    // Long enough for a change that waits for a majority; a node that leaves is not to be waited for longer.
    private static final Duration DRAIN = Duration.ofSeconds(3);

    private ProvisioningPart() {}

    static ProvisioningRole role(Settings settings, InetAddress address, String domain, StorePart store) {
        return new ProvisioningRole(
                new ProvisioningSettings(
                        new InetSocketAddress(address, settings.provisioning().port()),
                        DomainsPart.pinned(settings, domain),
                        guest -> zone(new GuestZone(ZoneWriter.policy(settings, domain), guest)),
                        ProvisioningSettings.LIMITS,
                        Optional.empty()),
                store::backups,
                store::replicas);
    }

    private static DnsAdvice zone(GuestZone zone) {
        return new DnsAdvice(zone.records(), zone.secureRecords());
    }

    static void start(ProvisioningRole role, RoleContext context) throws Exception {
        role.start(context).toCompletableFuture().get(START_SECONDS, TimeUnit.SECONDS);
    }

    static void stop(ProvisioningRole role) throws Exception {
        try {
            role.drain(DRAIN).toCompletableFuture().get();
        } finally {
            role.stop();
        }
    }
}
