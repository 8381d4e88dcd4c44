package org.sipring.app.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.sipring.api.Chance;
import org.sipring.api.RoleName;
import org.sipring.app.demo.DemoPlan.DemoNode;
import org.sipring.certs.Authority;
import org.sipring.certs.IdentityFolder;
import org.sipring.certs.IssueRequest;
import org.sipring.certs.Refusal;

/** Makes the demo's CA and identities once, and renews what has expired. */
final class DemoIdentities {
    private static final List<String> ROLES = List.of("*", "manager");
    // Never a node: it needs an address nevertheless.
    private static final String OPERATOR = "admin";
    private static final String NOWHERE = "127.0.0.1";
    private static final Duration VALIDITY = Duration.ofDays(30);

    private final DemoPlan plan;
    private final Chance chance;
    private final InstantSource clock;

    DemoIdentities(DemoPlan plan, Chance chance, InstantSource clock) {
        this.plan = plan;
        this.chance = chance;
        this.clock = clock;
    }

    void prepare() throws Refusal, IOException {
        Path ca = plan.layout().ca();
        Authority authority = Files.isDirectory(ca)
                ? Authority.open(ca, clock, chance)
                : Authority.init(plan.domain(), ca, clock, chance);
        for (DemoNode node : plan.nodes()) {
            prepare(
                    authority,
                    new IssueRequest(node.id().value(), ROLES, List.of(node.address()), VALIDITY),
                    plan.layout().identity(node.id()));
        }
        prepare(
                authority,
                new IssueRequest(OPERATOR, List.of(RoleName.OPERATOR.value()), List.of(NOWHERE), VALIDITY),
                plan.layout().operator());
    }

    private void prepare(Authority authority, IssueRequest request, Path folder) throws Refusal, IOException {
        if (!Files.isDirectory(folder)) {
            authority.issue(request, folder);
        } else if (expired(folder)) {
            authority.renew(folder, VALIDITY);
        }
    }

    // Within a day of its end counts as expired: a demo shall last until tomorrow.
    private boolean expired(Path folder) {
        try {
            return IdentityFolder.load(folder, clock)
                    .expires()
                    .isBefore(clock.instant().plus(Duration.ofDays(1)));
        } catch (Refusal refused) {
            return true;
        }
    }
}
