package org.sipring.app.cli;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import org.sipring.app.process.CommandFailure;
import org.sipring.app.status.StatusClient;
import org.sipring.dns.wire.TsigKey;
import org.sipring.runtime.SystemChance;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sipring dns}: the zone as the platform's manager reads it, and the key that signs what is written there. */
@Command(
        name = "dns",
        description = "The platform's DNS records, and the key to write them.",
        mixinStandardHelpOptions = true)
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

    @Command(
            description = "Make a TSIG key, which signs updates of the zone: for the name server and for managers.",
            mixinStandardHelpOptions = true)
    int key(
            @Parameters(paramLabel = "FILE", description = "a new file in BIND's form, mode 0600") Path file,
            @Option(
                            names = "--name",
                            defaultValue = "sipring",
                            description = "the key's name, equal on both sides (${DEFAULT-VALUE})")
                    String name)
            throws IOException {
        try {
            TsigKey.generate(name, new SystemChance()).write(file);
        } catch (FileAlreadyExistsException taken) {
            throw new CommandFailure(file + " is there already: a key is never overwritten, choose another file");
        } catch (IllegalArgumentException mistake) {
            throw new CommandFailure("--name " + name + ": write a domain name, such as sipring");
        }
        System.out.printf(
                "TSIG key '%s' made in %s: have the name server include it, and name it in dns.tsig-file.%n",
                name, file);
        return 0;
    }

    private static int print(PlatformOption platform, String path) throws Exception {
        StatusClient.Answer answer = new StatusClient().ask(platform.httpAuthorities(), path);
        System.out.println(answer.text().stripTrailing());
        return answer.good() ? 0 : 1;
    }
}
