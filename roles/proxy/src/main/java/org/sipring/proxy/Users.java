package org.sipring.proxy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.sipring.api.Table;
import org.sipring.proxy.auth.Accounts;
import org.sipring.proxy.auth.Authenticator;
import org.sipring.proxy.auth.Verdict;
import org.sipring.proxy.core.Locations;
import org.sipring.proxy.core.Platform;
import org.sipring.proxy.core.ProxyCore;
import org.sipring.proxy.edge.FlowRef;
import org.sipring.proxy.registrar.Binding;
import org.sipring.proxy.registrar.Bindings;
import org.sipring.proxy.registrar.Registrar;
import org.sipring.sip.Responses;
import org.sipring.sip.SipMessage;
import org.sipring.sip.SipUri;

/** The platform's users, as the proxy asks for them. Callable from any thread. */
final class Users {
    private final ProxySettings.Users settings;
    private final Accounts accounts;
    private final Authenticator authenticator;
    private final Registrar registrar;
    private final Table<Bindings> bindings;
    private final Supplier<Instant> clock;

    Users(
            ProxySettings.Users settings,
            Accounts accounts,
            Authenticator authenticator,
            Registrar registrar,
            Table<Bindings> bindings,
            Supplier<Instant> clock) {
        this.settings = settings;
        this.accounts = accounts;
        this.authenticator = authenticator;
        this.registrar = registrar;
        this.bindings = bindings;
        this.clock = clock;
    }

    ProxyCore.Services services(Platform platform) {
        return new ProxyCore.Services(
                (request, flow) -> register(request, platform.ref(flow)), this::admit, this::locate);
    }

    private CompletionStage<SipMessage> register(SipMessage request, FlowRef flow) {
        if (settings.authenticate()) {
            return authenticator.registrar(request).thenCompose(verdict -> register(request, flow, verdict));
        }
        Optional<String> aor = request.to().sipUri().map(SipUri::aor).filter(accounts::exists);
        return aor.isPresent()
                ? registrar.register(request, flow, aor.get())
                : CompletableFuture.completedFuture(
                        Responses.of(request, 404, "Not Found", flow.node().value()));
    }

    private CompletionStage<SipMessage> register(SipMessage request, FlowRef flow, Verdict verdict) {
        return verdict.match(aor -> registrar.register(request, flow, aor), CompletableFuture::completedFuture);
    }

    private CompletionStage<Verdict> admit(SipMessage request) {
        if (!settings.authenticate()) {
            String claimed = request.from().sipUri().map(SipUri::aor).orElse("");
            return CompletableFuture.completedFuture(new Verdict.Admitted(claimed));
        }
        return authenticator.proxy(request);
    }

    private CompletionStage<Locations.Located> locate(String aor) {
        if (!accounts.exists(aor)) {
            return CompletableFuture.completedFuture(new Locations.Located(false, List.of()));
        }
        return bindings.get(aor)
                .thenApply(found -> new Locations.Located(
                        true,
                        found.orElse(Bindings.NONE).live(clock.get()).stream()
                                .filter(binding -> !binding.uri().secure())
                                .map(binding -> registered(aor, binding))
                                .toList()));
    }

    private Locations.Registered registered(String aor, Binding binding) {
        return new Locations.Registered(
                binding.uri().forRequest().toString(),
                BindingEdge.of(aor, binding, settings.anyContact()),
                binding.path());
    }
}
