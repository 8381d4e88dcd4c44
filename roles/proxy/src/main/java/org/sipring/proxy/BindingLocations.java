package org.sipring.proxy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.sipring.api.Table;
import org.sipring.proxy.auth.Accounts;
import org.sipring.proxy.core.Locations;
import org.sipring.proxy.registrar.Binding;
import org.sipring.proxy.registrar.Bindings;

/**
 * Finds users where they registered. Callable from any thread.
 *
 * @param accounts who is a user
 * @param bindings what they registered
 * @param clock the time of day, from any thread
 * @param anyContact see {@link ProxySettings.Users#anyContact}
 */
record BindingLocations(Accounts accounts, Table<Bindings> bindings, Supplier<Instant> clock, boolean anyContact)
        implements Locations {
    @Override
    public CompletionStage<Located> find(String aor) {
        return accounts.exists(aor)
                ? bindings.get(aor).thenApply(found -> new Located(true, contacts(aor, found.orElse(Bindings.NONE))))
                : CompletableFuture.completedFuture(new Located(false, List.of()));
    }

    private List<Registered> contacts(String aor, Bindings found) {
        return found.live(clock.get()).stream()
                .flatMap(binding -> reachable(aor, binding).stream())
                .toList();
    }

    /** A contact of another scheme is for others to look up, a SIPS one for a phone with TLS. */
    private Optional<Registered> reachable(String aor, Binding binding) {
        return binding.uri()
                .filter(uri -> !uri.secure())
                .map(uri -> new Registered(
                        uri.forRequest().toString(),
                        BindingEdge.of(aor, binding, uri, anyContact),
                        binding.origin().path(),
                        binding.q().orElse(Binding.UNSAID_Q)));
    }
}
