package org.sipring.proxy.defence;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.sipring.api.Overlay;
import org.sipring.api.Ticker;
import org.sipring.proxy.foreign.Network;

/** What operators say about who is heard, at one node for all of them. Callable from any thread. */
public final class OperatorBans {
    private static final Duration LONGEST = Duration.ofDays(3_650);
    private static final Duration ORDINARY = Duration.ofHours(1);
    private static final int LONGEST_REASON = 80;

    private final DefenceLimits settings;
    private final SharedBans bans;
    private final Overlay overlay;
    private final Ticker clock;

    OperatorBans(DefenceLimits settings, SharedBans bans, Overlay overlay, Ticker clock) {
        this.settings = settings;
        this.bans = bans;
        this.overlay = overlay;
        this.clock = clock;
    }

    /**
     * What became of a wish.
     *
     * @param done false when it was refused, and nothing has changed
     * @param text what was done, or why not and what to do
     */
    public record Answer(boolean done, String text) {}

    /**
     * Who is not heard now.
     *
     * @return in the order of their addresses
     */
    public List<Ban> list() {
        return bans.now().inForce(clock.now());
    }

    /**
     * Bans somebody.
     *
     * @param written an address or a network
     * @param time for how long; empty: as long as the node itself bans, or an hour where it bans nobody
     * @param reason for the other operators; may be empty
     * @return the answer, when the table has it, or cannot be asked
     */
    public CompletionStage<Answer> add(String written, Optional<Duration> time, String reason) {
        Optional<Network> network = Network.parse(written);
        Optional<Senders> senders = network.flatMap(Senders::of);
        Duration wanted = time.orElse(usual());
        if (senders.isEmpty()) {
            return refuse(unreadable(written));
        }
        Optional<String> objection = objection(network.get(), senders.get(), wanted, reason);
        return objection.isPresent() ? refuse(objection.get()) : add(senders.get(), wanted, reason);
    }

    private CompletionStage<Answer> add(Senders senders, Duration time, String reason) {
        Instant end = clock.now().plus(time).truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
        return bans.say(Ban.begun(senders, clock.now(), end, Ban.Reason.OPERATOR, reason))
                .thenApply(everywhere -> done(senders + " is banned until " + end, everywhere));
    }

    private Duration usual() {
        Duration own = settings.bans().time();
        return own.isZero() ? ORDINARY : own;
    }

    private Optional<String> objection(Network network, Senders senders, Duration time, String reason) {
        if (settings.allowed().networks().stream().anyMatch(network::isWithin)) {
            return Optional.of(senders + " may send as much as it likes, so it cannot be banned: it is in"
                    + " sip.defence.allow, or a trunk's address");
        }
        if (time.isNegative() || time.isZero() || time.compareTo(LONGEST) > 0) {
            return Optional.of("a ban lasts at least a second and at most " + LONGEST.toDays() + " days");
        }
        if (reason.length() > LONGEST_REASON || reason.chars().anyMatch(Character::isISOControl)) {
            return Optional.of("a reason has at most " + LONGEST_REASON + " characters, on one line");
        }
        return overlay.view().members().stream()
                .filter(member -> Network.parse(member.address())
                        .flatMap(Senders::of)
                        .filter(senders::include)
                        .isPresent())
                .map(member -> senders + " cannot be banned: node "
                        + member.id().value() + " is there, at " + member.address())
                .findFirst();
    }

    /**
     * Takes a ban back, whoever made it.
     *
     * @param written as the ban is listed, or an address that it names
     * @return the answer, when the table has it, or cannot be asked
     */
    public CompletionStage<Answer> remove(String written) {
        Optional<Senders> senders = Network.parse(written).flatMap(Senders::of);
        if (senders.isEmpty()) {
            return refuse(unreadable(written));
        }
        List<Ban> all = list();
        if (all.stream().noneMatch(ban -> ban.senders().equals(senders.get()))) {
            return refuse(all.stream()
                    .filter(ban -> ban.senders().include(senders.get()))
                    .findFirst()
                    .map(wider -> senders.get() + " is banned as part of " + wider.address() + ": remove that")
                    .orElse(senders.get() + " is not banned: 'sipring ban list' tells who is"));
        }
        return bans.say(Ban.lifted(senders.get(), clock.now()))
                .thenApply(everywhere -> done(senders.get() + " is heard again", everywhere));
    }

    private static CompletionStage<Answer> refuse(String why) {
        return CompletableFuture.completedFuture(new Answer(false, why));
    }

    private static Answer done(String what, boolean everywhere) {
        return new Answer(true, everywhere ? what : what + ", here; the other nodes hear of it as soon as they can");
    }

    private static String unreadable(String written) {
        return "'" + written + "' is no address or network of senders: write such as 192.0.2.7, 192.0.2.0/24 or"
                + " 2001:db8::/48, no wider than /8, with IPv6 no wider than /16";
    }
}
