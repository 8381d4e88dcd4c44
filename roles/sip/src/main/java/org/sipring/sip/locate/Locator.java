package org.sipring.sip.locate;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.sipring.api.Chance;
import org.sipring.sip.SipUri;

/** Finds the servers for a URI: RFC 3263 section 4. Callable from any thread. */
public final class Locator {
    // Enough to meet one that is alive: what a stranger's zone says costs this node no more.
    private static final int MOST_SERVICES = 4;
    private static final int MOST_SERVERS = 8;
    private static final int MOST_ADDRESSES = 4;
    // Together: nobody's zone makes this node knock at more doors, or for longer, for one request.
    private static final int MOST_HOPS = 8;

    private final Resolver resolver;
    private final Reach reach;
    private final Chance chance;

    /**
     * A locator.
     *
     * @param resolver asks DNS
     * @param reach what this node can speak
     * @param chance chooses among servers of one priority
     */
    public Locator(Resolver resolver, Reach reach, Chance chance) {
        this.resolver = resolver;
        this.reach = reach;
        this.chance = chance;
    }

    /**
     * Finds the servers for a URI.
     *
     * @param uri the next hop: the first Route of a request, or its Request-URI
     * @return the servers, on any thread; fails when DNS cannot tell now
     */
    public CompletionStage<Located> locate(SipUri uri) {
        Wanted wanted = Wanted.of(uri);
        return hops(wanted)
                .thenApply(hops -> new Located(
                        hops.stream().distinct().limit(MOST_HOPS).toList(),
                        wanted.transport().isPresent()));
    }

    private CompletionStage<List<NextHop>> hops(Wanted wanted) {
        Optional<Protocol> protocol = wanted.protocol();
        if (protocol.isEmpty() && wanted.transport().isEmpty()) {
            return byDomain(wanted);
        }
        if (protocol.filter(reach::speaks).isEmpty()) {
            return done(List.of());
        }
        return wanted.number().isPresent() ? done(numbers(wanted, protocol.get())) : byHost(wanted, protocol.get());
    }

    private List<NextHop> numbers(Wanted wanted, Protocol protocol) {
        return wanted.number().filter(reach::reaches).stream()
                .map(address -> hop(protocol, address, wanted.portFor(protocol)))
                .toList();
    }

    // Section 4.2: a port leaves only the address to be found, and SRV records tell the port otherwise.
    private CompletionStage<List<NextHop>> byHost(Wanted wanted, Protocol protocol) {
        return wanted.hasPort()
                ? addresses(protocol, wanted.host(), wanted.port())
                : byServices(List.of(Service.of(protocol, wanted.host())))
                        .thenCompose(found -> orElseHost(found, protocol, wanted.host()));
    }

    // Section 4.1: the domain says what it speaks, or SRV records do, or nobody.
    private CompletionStage<List<NextHop>> byDomain(Wanted wanted) {
        return resolver.ask(new Question(Question.Kind.NAPTR, wanted.host())).thenCompose(naptr -> {
            Optional<List<Service>> named = Service.named(naptr, reach, wanted.secure());
            return named.isPresent()
                    ? byServices(named.get()).thenApply(found -> found.orElse(List.of()))
                    : byServices(Service.guessed(wanted.host(), reach, wanted.secure()))
                            .thenCompose(found -> orElseHost(found, wanted.usual(), wanted.host()));
        });
    }

    private CompletionStage<List<NextHop>> orElseHost(Optional<List<NextHop>> found, Protocol protocol, String host) {
        boolean unsaid = found.isEmpty() && reach.speaks(protocol);
        return unsaid ? addresses(protocol, host, protocol.port()) : done(found.orElse(List.of()));
    }

    /** The servers of several services; empty where not one has an SRV record, so that the host itself is the server. */
    private CompletionStage<Optional<List<NextHop>>> byServices(List<Service> services) {
        return each(services.stream().limit(MOST_SERVICES).toList(), this::byService)
                .thenApply(found -> found.stream().allMatch(Optional::isEmpty)
                        ? Optional.empty()
                        : Optional.of(found.stream()
                                .flatMap(hops -> hops.orElse(List.of()).stream())
                                .toList()));
    }

    private CompletionStage<Optional<List<NextHop>>> byService(Service service) {
        return resolver.ask(new Question(Question.Kind.SRV, service.name())).thenCompose(answer -> {
            List<Answer.Srv> records = answer.all(Answer.Srv.class).toList();
            return records.isEmpty()
                    ? done(Optional.empty())
                    : servers(service.protocol(), records).thenApply(Optional::of);
        });
    }

    private CompletionStage<List<NextHop>> servers(Protocol protocol, List<Answer.Srv> records) {
        List<Answer.Srv> ordered =
                SrvOrder.of(records, chance).stream().limit(MOST_SERVERS).toList();
        return each(ordered, srv -> addresses(protocol, srv.target(), srv.port()))
                .thenApply(found -> found.stream().flatMap(List::stream).toList());
    }

    private CompletionStage<List<NextHop>> addresses(Protocol protocol, String host, int port) {
        return resolver.ask(new Question(reach.addresses(), host)).thenApply(answer -> answer.all(Answer.Address.class)
                .map(Answer.Address::address)
                .filter(reach::reaches)
                .limit(MOST_ADDRESSES)
                .map(address -> hop(protocol, address, port))
                .toList());
    }

    private static NextHop hop(Protocol protocol, InetAddress address, int port) {
        return new NextHop(protocol, new InetSocketAddress(address, port));
    }

    /** Asks for all at once. What cannot be told is overlooked as long as something can. */
    private static <T, R> CompletionStage<List<R>> each(List<T> all, Function<T, CompletionStage<R>> ask) {
        CompletionStage<Gathered<R>> gathered = done(new Gathered<R>(List.of(), Optional.empty()));
        for (T one : List.copyOf(all)) {
            gathered = gathered.thenCombine(told(ask.apply(one)), Gathered::and);
        }
        return gathered.thenCompose(Gathered::outcome);
    }

    private static <R> CompletionStage<Gathered<R>> told(CompletionStage<R> asked) {
        return asked.handle((value, failure) -> failure == null
                ? new Gathered<>(List.of(value), Optional.empty())
                : new Gathered<>(List.of(), Optional.of(failure)));
    }

    private record Gathered<R>(List<R> values, Optional<Throwable> failure) {
        Gathered<R> and(Gathered<R> other) {
            List<R> all = new ArrayList<>(values);
            all.addAll(other.values);
            return new Gathered<>(all, failure.or(() -> other.failure));
        }

        CompletionStage<List<R>> outcome() {
            return values.isEmpty() && failure.isPresent()
                    ? CompletableFuture.failedFuture(failure.get())
                    : done(values);
        }
    }

    private static <T> CompletionStage<T> done(T value) {
        return CompletableFuture.completedFuture(value);
    }
}
