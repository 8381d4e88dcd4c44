package org.sipring.app.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.sipring.runtime.settings.Settings;
import org.sipring.sip.tls.CertificateFolder;
import org.sipring.sip.tls.DomainTrust;

/** Judges certificates for phones before the node starts with them. */
final class PhoneCertificates implements Settings.Certificates {
    @Override
    public List<String> mistakes(Path folder, Optional<Path> clientCa) {
        return CertificateFolder.mistakesIn(folder, clientCa);
    }

    @Override
    public List<String> mistakes(Path cas) {
        return DomainTrust.mistakesIn(cas);
    }

    @Override
    public boolean cover(Path folder, String domain) {
        return CertificateFolder.covers(folder, domain);
    }
}
