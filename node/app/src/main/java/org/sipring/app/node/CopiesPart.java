package org.sipring.app.node;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;
import org.sipring.api.Envelopes;
import org.sipring.runtime.settings.StoreSettings;
import org.sipring.store.archive.Copies;

/** Who may read the copies that a node keeps by itself. */
final class CopiesPart {
    private CopiesPart() {}

    /** The node itself, by its newest certificate and those before, and whom the settings name. */
    static Copies.Readers readers(StoreSettings.Copies settings, Envelopes node) {
        List<X509Certificate> others =
                settings.readers().stream().map(CopiesPart::certificate).toList();
        return new Copies.Readers(
                () -> Stream.concat(Stream.of(node.own()), others.stream()).toList(), node::open);
    }

    private static X509Certificate certificate(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("store.backup.readers: " + file + " cannot be read", unreadable);
        } catch (CertificateException malformed) {
            throw new UncheckedIOException(
                    "store.backup.readers: " + file + " is no certificate", new IOException(malformed));
        }
    }
}
