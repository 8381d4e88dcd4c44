package org.sipring.app.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.sipring.certs.Authority;
import org.sipring.certs.IssueRequest;
import org.sipring.certs.Refusal;
import org.sipring.runtime.SystemChance;
import org.sipring.runtime.SystemTime;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sipring ca}: the platform's certificate authority. */
@Command(name = "ca", description = "Node certificates: make the CA, issue, revoke.", mixinStandardHelpOptions = true)
final class CaCommand {
    @Command(description = "Make a new CA for a platform. Keep its folder offline.", mixinStandardHelpOptions = true)
    int init(
            @Option(names = "--domain", required = true, description = "the platform's SIP domain") String domain,
            @Option(names = "--out", required = true, description = "a new folder for the CA") Path out)
            throws Refusal, IOException {
        Authority.init(domain, out, SystemTime.clock(), new SystemChance());
        System.out.printf("CA of %s made in %s; keep this folder offline.%n", domain, out);
        return 0;
    }

    @Command(description = "Make a node's identity folder.", mixinStandardHelpOptions = true)
    int issue(
            @Parameters(paramLabel = "NODE", description = "the node's name, such as n4") String node,
            @Option(names = "--ca", required = true, description = "the CA's folder") Path ca,
            @Option(
                            names = "--roles",
                            required = true,
                            split = ",",
                            description = "what it may do; '*' for all services")
                    List<String> roles,
            @Option(names = "--address", required = true, split = ",", description = "its host name or IP address")
                    List<String> addresses,
            @Option(
                            names = "--days",
                            defaultValue = "30",
                            description = "for how many days it holds (${DEFAULT-VALUE})")
                    int days,
            @Option(names = "--out", required = true, description = "a new folder for the identity") Path out)
            throws Refusal, IOException {
        Optional<Instant> earlier =
                open(ca).issue(new IssueRequest(node, roles, addresses, Duration.ofDays(days)), out);
        System.out.printf("identity of %s made in %s; copy the folder to the node.%n", node, out);
        earlier.ifPresent(end -> System.out.printf(
                "WARNING: %s has another certificate, which stays good until %s. If that one is lost or stolen, revoke"
                        + " all of %s now and issue once more:%n  sipring ca revoke %s --ca %s%n",
                node, end, node, node, ca));
        return 0;
    }

    @Command(description = "Revoke every certificate issued to a node.", mixinStandardHelpOptions = true)
    int revoke(
            @Parameters(paramLabel = "NODE", description = "the node's name") String node,
            @Option(names = "--ca", required = true, description = "the CA's folder") Path ca)
            throws Refusal, IOException {
        Authority.Revoked revoked = open(ca).revoke(node);
        if (revoked.certificates() == 0) {
            revoked.before()
                    .ifPresent(when -> System.out.printf(
                            "%s was revoked already, at %s; the list is signed again as number %s.%n",
                            node, when.truncatedTo(ChronoUnit.SECONDS), revoked.number()));
        } else {
            System.out.printf(
                    "%d certificate(s) of %s revoked, list number %s.%n",
                    revoked.certificates(), node, revoked.number());
        }
        System.out.printf(
                "Copy %s into the identity folder of any live node: it reaches all of them in a moment.%n"
                        + "If %s was a node that may be in other hands, give the platform a new TSIG key: it could read"
                        + " that.%n",
                revoked.crl(), node);
        return 0;
    }

    @Command(description = "Give a node's identity folder a new key and certificate.", mixinStandardHelpOptions = true)
    int renew(
            @Parameters(paramLabel = "DIR", description = "the identity folder") Path identity,
            @Option(names = "--ca", required = true, description = "the CA's folder") Path ca,
            @Option(
                            names = "--days",
                            defaultValue = "30",
                            description = "for how many days it holds (${DEFAULT-VALUE})")
                    int days)
            throws Refusal, IOException {
        open(ca).renew(identity, Duration.ofDays(days));
        System.out.printf(
                "the identity in %s is new for %d days; a running node takes it up by itself.%n", identity, days);
        return 0;
    }

    @Command(description = "Sign the revocation list again before it is stale.", mixinStandardHelpOptions = true)
    int refresh(@Option(names = "--ca", required = true, description = "the CA's folder") Path ca)
            throws Refusal, IOException {
        Path crl = open(ca).refresh();
        System.out.printf("signed again; copy %s into the identity folder of any live node.%n", crl);
        return 0;
    }

    private static Authority open(Path ca) throws Refusal {
        return Authority.open(ca, SystemTime.clock(), new SystemChance());
    }
}
