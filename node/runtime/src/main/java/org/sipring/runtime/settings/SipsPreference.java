package org.sipring.runtime.settings;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Phones are sent to TLS first only where they see a certificate of their domain, RFC 5922. */
final class SipsPreference {
    private SipsPreference() {}

    /** Notes where DNS would send phones to a certificate that they cannot trust. */
    static void check(Settings settings, Settings.Source source, Section dns) {
        if (!settings.dns().preferSips()) {
            return;
        }
        Optional<Path> folder = settings.sip().tls().certificates();
        String domain = source.self().domain();
        if (folder.isEmpty()) {
            dns.wrong(
                    "prefer-sips",
                    "phones need a certificate that they trust: name its folder in sip.tls.certificates");
        } else if (Files.isDirectory(folder.get()) && !source.certificates().cover(folder.get(), domain)) {
            dns.wrong(
                    "prefer-sips", "no certificate in %s names %s: get one that does".formatted(folder.get(), domain));
        }
    }
}
