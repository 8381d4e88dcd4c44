package org.sipring.proxy;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.sipring.api.Meter;
import org.sipring.api.RoleContext;
import org.sipring.api.Ticker;
import org.sipring.sip.tls.CertificateFolder;
import org.sipring.sip.tls.DomainTls;
import org.sipring.sip.tls.DomainTrust;
import org.sipring.sip.tls.NodeCertificate;
import org.sipring.sip.tls.PhoneTls;
import org.sipring.sip.transport.Credentials;

/** What a node shows of itself by TLS: to nodes its own certificate, to phones and other domains the operator's where there is one. */
final class ShownCertificates {
    private static final Duration POLL = Duration.ofSeconds(5);

    private ShownCertificates() {}

    /** Opens them, and goes on looking for new files of the operator's in a room. */
    static Credentials open(ProxySettings settings, RoleContext context, Ticker room) throws IOException {
        Optional<DomainTrust> trust = settings.foreign().trust();
        Optional<CertificateFolder> folder = Optional.empty();
        if (settings.certificates().isPresent()) {
            folder = Optional.of(settings.certificates().get().open(trust));
            measure(folder.get(), context.meter());
            watch(folder.get(), room);
        }
        String domain = context.identity().self().domain();
        Optional<CertificateFolder> shown = folder;
        return new Credentials(
                context.identity(),
                folder.<PhoneTls>map(files -> files).orElse(new NodeCertificate(context.identity())),
                trust.map(cas ->
                        new DomainTls(cas, domain, shown, settings.foreign().policy()::concerns)));
    }

    private static void measure(CertificateFolder folder, Meter meter) {
        meter.gauge(
                "sipring_sip_certificates_refused",
                "1 when the files of the certificates for phones are wrong, so that those before are in use.",
                () -> folder.mistakes().isEmpty() ? 0 : 1);
        meter.gauge(
                "sipring_sip_certificates_end_seconds",
                "When the first of the certificates that phones see ends, in seconds since 1970.",
                () -> folder.firstEnd().getEpochSecond());
    }

    private static void watch(CertificateFolder folder, Ticker room) {
        room.after(POLL, () -> {
            folder.look();
            watch(folder, room);
        });
    }
}
