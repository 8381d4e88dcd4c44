package org.sipring.store.secret;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.sipring.api.NodeId;
import org.sipring.certs.Authority;
import org.sipring.certs.IdentityFolder;
import org.sipring.certs.IssueRequest;
import org.sipring.certs.NodeEnvelopes;
import org.sipring.certs.Refusal;

/** A node with a real certificate. */
final class Keyholder {
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

    NodeEnvelopes envelopes() {
        return envelopes;
    }

    void renew(Authority ca) throws IOException, Refusal {
        ca.renew(folder, VALIDITY);
        identity.poll();
    }

    void takeUp(Path revocations) throws IOException {
        identity.takeCrl(Files.readAllBytes(revocations));
    }
}
