package org.sipring.certs;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.sipring.api.Chance;
import org.sipring.testkit.SimChance;

/** A CA and its nodes in a temporary folder, with a clock that the test moves. */
final class Fixture implements InstantSource {
    static final String DOMAIN = "sipring.test";

    final Path folder;
    final Chance chance = new SimChance(1);
    final Authority authority;
    private Instant now = Instant.parse("2026-03-01T12:00:00Z");

    Fixture(Path folder) throws Exception {
        this.folder = folder;
        this.authority = Authority.init(DOMAIN, folder.resolve("ca"), this, chance);
    }

    @Override
    public Instant instant() {
        return now;
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    Authority stranger(String domain) throws Exception {
        return Authority.init(domain, folder.resolve("stranger-" + domain), this, chance);
    }

    Path issue(String node) throws Exception {
        return issue(authority, node);
    }

    Path issue(Authority by, String node) throws Exception {
        Path out = folder.resolve("identities").resolve(node);
        by.issue(request(node), out);
        return out;
    }

    IdentityFolder node(String node) throws Exception {
        return load(issue(node));
    }

    IdentityFolder load(Path identity) throws Refusal {
        return IdentityFolder.load(identity, this);
    }

    Authority reopened() throws Refusal, IOException {
        return Authority.open(folder.resolve("ca"), this, chance);
    }

    static IssueRequest request(String node) {
        return new IssueRequest(node, List.of("*"), List.of("127.0.0.11"), IssueRequest.NODE_VALIDITY);
    }
}
