package org.sipring.app.cli;

import org.sipring.app.status.StatusClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code sipring dns}: the zone as the platform's manager reads it. */
@Command(name = "dns", description = "The platform's DNS records.", mixinStandardHelpOptions = true)
final class DnsCommand {
    @Command(description = "List what the zone holds of the platform.", mixinStandardHelpOptions = true)
    int show(@Mixin PlatformOption platform) throws Exception {
        return print(platform, "/dns/show");
    }

    @Command(
            description = "Compare the zone with the members; exits 1 when it differs.",
            mixinStandardHelpOptions = true)
    int verify(@Mixin PlatformOption platform) throws Exception {
        return print(platform, "/dns/verify");
    }

    private static int print(PlatformOption platform, String path) throws Exception {
        StatusClient.Answer answer = new StatusClient().ask(platform.httpAuthorities(), path);
        System.out.println(answer.text().stripTrailing());
        return answer.good() ? 0 : 1;
    }
}
