package org.sipring.app.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.sipring.app.process.CommandFailure;
import org.sipring.app.status.StatusClient;
import org.sipring.app.status.StatusTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sipring ban}: who is heard on no node. */
@Command(
        name = "ban",
        description = "List, add and remove bans: whoever is banned is heard on no node.",
        mixinStandardHelpOptions = true)
final class BanCommand {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})([smhd])");
    private static final Map<String, ChronoUnit> UNITS =
            Map.of("s", ChronoUnit.SECONDS, "m", ChronoUnit.MINUTES, "h", ChronoUnit.HOURS, "d", ChronoUnit.DAYS);

    @Command(description = "List who is banned, until when and why.", mixinStandardHelpOptions = true)
    int list(@Mixin PlatformOption platform, @Option(names = "--json", description = "as JSON") boolean json)
            throws Exception {
        String answer =
                new StatusClient().ask(platform.httpAuthorities(), "/bans").text();
        if (json) {
            System.out.println(answer);
        } else {
            StatusTable.bans(new ObjectMapper().readTree(answer)).forEach(System.out::println);
        }
        return 0;
    }

    @Command(description = "Ban senders on all nodes, at once.", mixinStandardHelpOptions = true)
    int add(
            @Mixin PlatformOption platform,
            @Parameters(
                            paramLabel = "ADDRESS|NETWORK",
                            description =
                                    "such as 192.0.2.7, 192.0.2.0/24 or 2001:db8::/48; of IPv6 always 64 bits at most")
                    String senders,
            @Option(
                            names = "--for",
                            paramLabel = "DURATION",
                            description = "such as 90s, 15m, 2h or 7d; without it as long as sip.defence.ban-time")
                    @Nullable
                    String time,
            @Option(names = "--reason", paramLabel = "TEXT", description = "for other operators, up to 80 characters")
                    @Nullable
                    String reason)
            throws Exception {
        String path = "/bans?add=" + encoded(senders)
                + (time == null ? "" : "&for=" + duration(time).toSeconds())
                + (reason == null ? "" : "&reason=" + encoded(reason));
        return tell(platform, path);
    }

    @Command(description = "Take a ban back, on all nodes.", mixinStandardHelpOptions = true)
    int remove(
            @Mixin PlatformOption platform,
            @Parameters(paramLabel = "ADDRESS|NETWORK", description = "as 'sipring ban list' shows it") String senders)
            throws Exception {
        return tell(platform, "/bans?remove=" + encoded(senders));
    }

    private static int tell(PlatformOption platform, String path) throws Exception {
        System.out.println(new StatusClient().command(platform.controlPoints(), path));
        return 0;
    }

    private static String encoded(String text) {
        if (text.length() > 200) {
            throw new CommandFailure("that is too long: a reason has at most 80 characters");
        }
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    static Duration duration(String text) {
        Matcher written = DURATION.matcher(text);
        ChronoUnit unit = written.matches() ? UNITS.get(written.group(2)) : null;
        if (unit == null) {
            throw new CommandFailure("--for " + text + ": write such as 90s, 15m, 2h or 7d");
        }
        return Duration.of(Long.parseLong(written.group(1)), unit);
    }
}
