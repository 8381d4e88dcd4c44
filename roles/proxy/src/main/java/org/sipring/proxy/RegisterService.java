package org.sipring.proxy;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.sipring.proxy.auth.Accounts;
import org.sipring.proxy.auth.Authenticator;
import org.sipring.proxy.auth.Verdict;
import org.sipring.proxy.core.Registrations;
import org.sipring.proxy.edge.FlowRef;
import org.sipring.proxy.registrar.Registrar;
import org.sipring.sip.Responses;
import org.sipring.sip.SipMessage;
import org.sipring.sip.SipUri;
import org.sipring.sip.transport.Flow;

/** Registers users that have proved who they are. Callable from any thread. */
final class RegisterService implements Registrations {
    private final boolean authenticate;
    private final Accounts accounts;
    private final Authenticator authenticator;
    private final Registrar registrar;
    private final Function<Flow, FlowRef> names;

    RegisterService(
            boolean authenticate,
            Accounts accounts,
            Authenticator authenticator,
            Registrar registrar,
            Function<Flow, FlowRef> names) {
        this.authenticate = authenticate;
        this.accounts = accounts;
        this.authenticator = authenticator;
        this.registrar = registrar;
        this.names = names;
    }

    @Override
    public CompletionStage<SipMessage> register(SipMessage request, Flow flow) {
        FlowRef name = names.apply(flow);
        CompletionStage<Verdict> verdict = authenticate
                ? authenticator.judgeRegister(request)
                : believed(request, name.node().value());
        return verdict.thenCompose(judged ->
                judged.match(aor -> registrar.register(request, name, aor), CompletableFuture::completedFuture));
    }

    private CompletionStage<Verdict> believed(SipMessage request, String tag) {
        Optional<String> aor = request.to().sipUri().map(SipUri::aor).flatMap(accounts::owner);
        return CompletableFuture.completedFuture(
                aor.isPresent()
                        ? Verdict.Admitted.unproved(aor.get())
                        : new Verdict.Refused(Responses.of(request, 404, tag)));
    }
}
