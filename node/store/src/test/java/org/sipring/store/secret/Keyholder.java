package org.sipring.store.secret;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.sipring.api.NodeId;
import org.sipring.certs.Authority;
import org.sipring.certs.IdentityFolder;
import org.sipring.certs.IssueRequest;
import org.sipring.certs.NodeEnvelopes;
import org.sipring.certs.Refusal;

/** A node with a real certificate. */
final class Keyholder implements Envelopes {
    private static final Duration VALIDITY = Duration.ofDays(1);

    private final Path folder;
    private final IdentityFolder identity;
    private final NodeEnvelopes envelopes;

    Keyholder(Authority ca, Path dir, NodeId node) throws IOException, Refusal {
        folder = dir.resolve(node.value());
        ca.issue(new IssueRequest(node.value(), List.of("proxy"), List.of("127.0.0.1"), VALIDITY), folder);
        identity = IdentityFolder.load(folder, InstantSource.system());
        envelopes = new NodeEnvelopes(identity);
    }

    void renew(Authority ca) throws IOException, Refusal {
        ca.renew(folder, VALIDITY);
        identity.poll();
    }

    @Override
    public boolean isRenewed() {
        return envelopes.isRenewed();
    }

    @Override
    public void renewed() {
        try {
            envelopes.renewed();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    void takeUp(Path revocations) throws IOException {
        identity.takeCrl(Files.readAllBytes(revocations));
    }

    @Override
    public X509Certificate own() {
        return envelopes.own();
    }

    @Override
    public byte[] seal(byte[] secret, NodeId node, X509Certificate certificate) throws CertificateException {
        return envelopes.seal(secret, node, certificate);
    }

    @Override
    public Optional<byte[]> open(byte[] envelope) {
        return envelopes.open(envelope);
    }
}
