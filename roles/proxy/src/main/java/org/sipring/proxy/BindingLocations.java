package org.sipring.proxy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.sipring.accounts.Account;
import org.sipring.accounts.Accounts;
import org.sipring.accounts.domain.HostedDomains;
import org.sipring.api.Table;
import org.sipring.proxy.core.Locations;
import org.sipring.proxy.registrar.Binding;
import org.sipring.proxy.registrar.Bindings;
import org.sipring.proxy.registrar.Gruus;

/**
 * Finds users where they registered. Callable from any thread.
 *
 * @param accounts who is a user
 * @param domains of which domains users are served
 * @param bindings what they registered
 * @param gruus reads GRUUs
 * @param clock the time of day, from any thread
 * @param anyContact see {@link ProxySettings.Users#anyContact}
 */
record BindingLocations(
        Accounts accounts,
        HostedDomains domains,
        Table<Bindings> bindings,
        Gruus gruus,
        Supplier<Instant> clock,
        boolean anyContact)
        implements Locations {
    @Override
    public CompletionStage<Located> find(Address address) {
        return address.gruu().isEmpty()
                ? find(address.user(), Optional::of)
                : gruus.read(address.user(), address.gruu().get())
                        .map(gruu -> find(gruu.aor(), gruu::among))
                        .orElse(CompletableFuture.completedFuture(Located.UNKNOWN));
    }

    private CompletionStage<Located> find(String address, Function<List<Binding>, Optional<List<Binding>>> choice) {
        return accounts.whose(address)
                .map(domains::served)
                .map(user -> choose(user, choice))
                .orElse(CompletableFuture.completedFuture(Located.UNKNOWN));
    }

    private CompletionStage<Located> choose(Account user, Function<List<Binding>, Optional<List<Binding>>> choice) {
        return bindings.get(user.aor())
                .thenApply(found -> found.orElse(Bindings.NONE).live(clock.get()))
                .thenApply(live ->
                        choice.apply(live).map(chosen -> located(user, chosen)).orElse(Located.UNKNOWN));
    }

    private Located located(Account user, List<Binding> chosen) {
        return new Located(
                Optional.of(user),
                chosen.stream()
                        .flatMap(binding -> reachable(user.aor(), binding).stream())
                        .toList());
    }

    /** A contact of another scheme is for others to look up; a SIPS one is reached over TLS or not at all. */
    private Optional<Registered> reachable(String aor, Binding binding) {
        return binding.uri()
                .filter(uri ->
                        !uri.secure() || binding.origin().flow().transport().secure())
                .map(uri -> new Registered(
                        uri.forRequest().toString(),
                        BindingEdge.of(aor, binding, uri, anyContact),
                        binding.origin().path(),
                        binding.q().orElse(Binding.UNSAID_Q)));
    }
}
