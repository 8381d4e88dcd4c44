package org.sipring.app.node;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.sipring.api.RoleContext;
import org.sipring.provisioning.ProvisioningRole;
import org.sipring.provisioning.ProvisioningSettings;
import org.sipring.provisioning.form.HostedDomain;
import org.sipring.runtime.settings.HostedSettings;
import org.sipring.runtime.settings.Settings;
import org.sipring.sip.digest.DigestAlgorithm;

/** The API for accounts, as the operator's settings want it. */
final class ProvisioningPart {
    private static final long START_SECONDS = 60;
    // Long enough for a change that waits for a majority; a node that leaves is not to be waited for longer.
    private static final Duration DRAIN = Duration.ofSeconds(3);

    private ProvisioningPart() {}

    static ProvisioningRole role(Settings settings, InetAddress address, String domain) {
        return new ProvisioningRole(new ProvisioningSettings(
                new InetSocketAddress(address, settings.provisioning().port()),
                domains(settings, domain),
                ProvisioningSettings.LIMITS,
                Optional.empty()));
    }

    /** The platform's own domain first. */
    static List<HostedDomain> domains(Settings settings, String own) {
        List<String> usual = settings.sip().algorithms();
        return Stream.concat(Stream.of(new HostedSettings(own, usual)), settings.sip().hosted().stream())
                .map(hosted -> new HostedDomain(hosted.name(), algorithms(hosted.algorithms(), usual)))
                .toList();
    }

    // A platform that asks for no proofs may yet do so: then a new password must be of use.
    private static List<DigestAlgorithm> algorithms(List<String> own, List<String> usual) {
        List<DigestAlgorithm> offered = (own.isEmpty() ? usual : own)
                .stream().flatMap(name -> DigestAlgorithm.named(name).stream()).toList();
        return offered.isEmpty() ? List.of(DigestAlgorithm.values()) : offered;
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
