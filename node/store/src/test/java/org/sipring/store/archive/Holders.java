package org.sipring.store.archive;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.sipring.api.Envelopes;
import org.sipring.certs.Authority;
import org.sipring.certs.IdentityFolder;
import org.sipring.certs.IssueRequest;
import org.sipring.certs.NodeEnvelopes;
import org.sipring.certs.Refusal;
import org.sipring.testkit.SimChance;

/** Makes people with real certificates. */
final class Holders {
    private static final Duration VALIDITY = Duration.ofDays(1);

    private final Path dir;
    private final Authority ca;

    Holders(Path dir) throws IOException, Refusal {
        this.dir = dir;
        ca = Authority.init("sipring.test", dir.resolve("ca"), InstantSource.system(), new SimChance(3));
    }

    Envelopes holder(String name) throws IOException, Refusal {
        Path folder = dir.resolve(name);
        ca.issue(new IssueRequest(name, List.of("operator"), List.of("127.0.0.1"), VALIDITY), folder);
        return new NodeEnvelopes(IdentityFolder.load(folder, InstantSource.system()));
    }

    /** From now on the newest certificate is another; the envelopes of before are to be asked for anew. */
    Envelopes renewed(String name) throws IOException, Refusal {
        ca.renew(dir.resolve(name), VALIDITY);
        return reloaded(name);
    }

    Envelopes reloaded(String name) throws Refusal {
        return new NodeEnvelopes(IdentityFolder.load(dir.resolve(name), InstantSource.system()));
    }
}
