package org.sipring.overlay.forming;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.sipring.api.Chance;
import org.sipring.api.Identity;
import org.sipring.api.NodeId;
import org.sipring.overlay.forming.Greeting.Phase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the platform, or the others that wait for it: listens on the overlay's port, asks every known address in rounds,
 * and does what {@link Forming} decides. Used by one thread at a time, except {@link #stop}.
 */
public final class Entrance {
    private static final Logger LOG = LoggerFactory.getLogger(Entrance.class);
    private static final long ROUND_MILLIS = 500;

    // Forming is said for so many rounds before it is done: everybody who waits has then heard of it.
    private static final int SAID = 3;

    // Who was about to form has formed by then, or has failed.
    private static final long FORMING_NANOS = TimeUnit.SECONDS.toNanos(20);
    private static final long COMPLAIN_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Parts parts;
    private final Caller caller;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Map<NodeId, Long> formingSince = new TreeMap<>();
    private final Map<String, String> silent = new TreeMap<>();
    private volatile Phase phase = Phase.WAITING;
    private volatile Optional<Roster> memory = Optional.empty();
    private volatile List<InetSocketAddress> named = List.of();
    private int said;
    private long complainedAt;
    private boolean complained;

    /**
     * An entrance.
     *
     * @param parts what it uses
     */
    public Entrance(Parts parts) {
        this.parts = parts;
        this.caller = new Caller(parts.identity(), parts.listen());
    }

    /**
     * What an entrance uses.
     *
     * @param identity this node's certificate
     * @param listen its own overlay address and port
     * @param file what it remembers
     * @param seeds what DNS says
     * @param workers for calls that block
     * @param founding notes that a platform begins here
     * @param nanos monotonic time
     */
    public record Parts(
            Identity identity,
            InetSocketAddress listen,
            RosterFile file,
            Seeds seeds,
            Executor workers,
            Founding founding,
            LongSupplier nanos) {}

    /**
     * Waits until this node may start Hazelcast; the port is free then.
     *
     * @param wish what the operator asked for
     * @param chance mints a platform id
     * @return how to start; empty after {@link #stop}
     * @throws OverlayRefusedException when only the operator can help
     * @throws IOException when the roster cannot be read or written, or the port is taken
     * @throws InterruptedException when interrupted
     */
    public Optional<Entry> await(Wish wish, Chance chance)
            throws OverlayRefusedException, IOException, InterruptedException {
        memory = parts.file().read();
        phase = Phase.WAITING;
        said = 0;
        complained = false;
        Set<Socket> visitors = new HashSet<>();
        try (WaitingRoom room = new WaitingRoom(
                parts.identity(), parts.listen(), () -> greeting().frame(), parts.workers())) {
            do {
                Optional<Entry> entry = act(decide(wish), chance);
                if (entry.isPresent()) {
                    return entry;
                }
                room.sweep(visitors);
            } while (!stopped.await(ROUND_MILLIS, TimeUnit.MILLISECONDS));
        }
        return Optional.empty();
    }

    /** Ends the waiting. Callable from any thread. */
    public void stop() {
        stopped.countDown();
    }

    private Greeting greeting() {
        return new Greeting(parts.identity().self().node(), phase, memory);
    }

    private Decision decide(Wish wish) {
        Optional<List<InetSocketAddress>> published = parts.seeds().lookup();
        List<Greeting> heard = ask(addresses(published.orElse(List.of())));
        Forming.Published state = published.isEmpty()
                ? Forming.Published.UNKNOWN
                : published.get().isEmpty() ? Forming.Published.NONE : Forming.Published.SOME;
        return Forming.decide(new Forming.Situation(
                parts.identity().self().node(), memory, wish, state, sticky(heard), phase == Phase.FORMING));
    }

    /**
     * Where members may be, as DNS and the configuration said last. Callable from any thread.
     *
     * @return addresses, this node's own perhaps among them
     */
    public List<InetSocketAddress> named() {
        return named;
    }

    private Set<InetSocketAddress> addresses(List<InetSocketAddress> published) {
        Set<InetSocketAddress> addresses = new LinkedHashSet<>(published);
        addresses.addAll(parts.seeds().configured());
        named = List.copyOf(addresses);
        memory.ifPresent(roster -> addresses.addAll(roster.addresses()));
        addresses.remove(parts.listen());
        return addresses;
    }

    private List<Greeting> ask(Set<InetSocketAddress> addresses) {
        silent.clear();
        Map<InetSocketAddress, CompletableFuture<Answer>> calls = new LinkedHashMap<>();
        for (InetSocketAddress address : addresses) {
            calls.put(address, CompletableFuture.supplyAsync(() -> call(address), parts.workers()));
        }
        Map<NodeId, Greeting> heard = new TreeMap<>();
        calls.forEach((address, call) -> call.join().keep(address, heard, silent));
        heard.remove(parts.identity().self().node());
        return List.copyOf(heard.values());
    }

    private Answer call(InetSocketAddress address) {
        try {
            return new Answer(Optional.of(caller.ask(address)), "");
        } catch (IOException e) {
            return new Answer(Optional.empty(), String.valueOf(e.getMessage()));
        }
    }

    /** Who was about to form closes its port for a moment: it counts as forming until it is heard again. */
    private List<Greeting> sticky(List<Greeting> heard) {
        long now = parts.nanos().getAsLong();
        for (Greeting greeting : heard) {
            formingSince.remove(greeting.node());
            if (greeting.phase() == Phase.FORMING) {
                formingSince.put(greeting.node(), now);
            }
        }
        formingSince.values().removeIf(since -> now - since > FORMING_NANOS);
        List<Greeting> all = new ArrayList<>(heard);
        Set<NodeId> names = new HashSet<>();
        heard.forEach(greeting -> names.add(greeting.node()));
        formingSince.keySet().stream()
                .filter(node -> !names.contains(node))
                .forEach(node -> all.add(new Greeting(node, Phase.FORMING, memory)));
        return all;
    }

    private Optional<Entry> act(Decision decision, Chance chance) throws OverlayRefusedException, IOException {
        if (decision instanceof Decision.Refuse refuse) {
            throw new OverlayRefusedException(refuse.reason());
        }
        if (decision instanceof Decision.Join join) {
            return Optional.of(new Entry(join.platform(), false));
        }
        if (decision instanceof Decision.Bootstrap) {
            return Optional.of(bootstrap(chance));
        }
        if (decision instanceof Decision.Form form) {
            return form(form.platform());
        }
        phase = Phase.WAITING;
        said = 0;
        complain(((Decision.Wait) decision).reason());
        return Optional.empty();
    }

    /** The id is on disk before the first member could hear of it. */
    private Entry bootstrap(Chance chance) throws IOException {
        String platform = HexFormat.of().formatHex(chance.bytes(8));
        Roster.Seat seat = new Roster.Seat(
                parts.identity().self().node(),
                parts.listen().getHostString(),
                parts.listen().getPort());
        parts.founding().note(platform);
        parts.file().write(new Roster(platform, 1, List.of(seat)));
        LOG.info("this is the first node of the new platform {}", platform);
        return new Entry(platform, true);
    }

    private Optional<Entry> form(String platform) {
        phase = Phase.FORMING;
        said++;
        if (said < SAID) {
            return Optional.empty();
        }
        LOG.info("this node forms platform {} again", platform);
        return Optional.of(new Entry(platform, true));
    }

    private void complain(String reason) {
        long now = parts.nanos().getAsLong();
        if (complained && now - complainedAt < COMPLAIN_NANOS) {
            return;
        }
        complained = true;
        complainedAt = now;
        LOG.warn("waiting to join: {}", reason);
        silent.forEach((address, why) -> LOG.warn("waiting to join: {} does not answer: {}", address, why));
    }

    private record Answer(Optional<Greeting> greeting, String failure) {
        void keep(InetSocketAddress address, Map<NodeId, Greeting> heard, Map<String, String> silent) {
            greeting.ifPresentOrElse(
                    found -> heard.put(found.node(), found),
                    () -> silent.put(address.getHostString() + ":" + address.getPort(), failure));
        }
    }
}
