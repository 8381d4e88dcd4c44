package org.sipring.proxy;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.sipring.accounts.Accounts;
import org.sipring.proxy.auth.Authenticator;
import org.sipring.proxy.auth.Verdict;
import org.sipring.proxy.core.Platform;
import org.sipring.proxy.core.Registrations;
import org.sipring.proxy.edge.FlowRef;
import org.sipring.proxy.registrar.LostFlows;
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
    private final LostFlows lost;
    private final Platform platform;

    RegisterService(
            boolean authenticate,
            Accounts accounts,
            Authenticator authenticator,
            Registrar registrar,
            LostFlows lost,
            Platform platform) {
        this.authenticate = authenticate;
        this.accounts = accounts;
        this.authenticator = authenticator;
        this.registrar = registrar;
        this.lost = lost;
        this.platform = platform;
    }

    @Override
    public CompletionStage<SipMessage> register(SipMessage request, Flow flow) {
        FlowRef name = platform.ref(flow);
        CompletionStage<Verdict> verdict = authenticate
                ? authenticator.judgeRegister(request, flow)
                : believed(request, name.node().value());
        return verdict.thenCompose(
                judged -> judged.match(user -> register(request, name, user), CompletableFuture::completedFuture));
    }

    @Override
    public void forget(String aor, FlowRef flow, String uri) {
        lost.forget(aor, flow, uri);
    }

    // RFC 3261 section 10.3 step 5: a domain has no bindings of another's users.
    private CompletionStage<SipMessage> register(SipMessage request, FlowRef name, Verdict.Admitted user) {
        boolean ofAnother = request.requestSipUri()
                .map(SipUri::host)
                .filter(platform.names()::serves)
                .filter(domain -> !user.aor().endsWith('@' + domain))
                .isPresent();
        return ofAnother
                ? CompletableFuture.completedFuture(
                        Responses.of(request, 404, name.node().value()))
                : registrar.register(request, name, user.aor(), user.contacts());
    }

    private CompletionStage<Verdict> believed(SipMessage request, String tag) {
        return CompletableFuture.completedFuture(request.to()
                .sipUri()
                .map(SipUri::aor)
                .flatMap(accounts::whose)
                .<Verdict>map(user -> new Verdict.Admitted(user.aor(), Optional.empty(), user.contacts()))
                .orElseGet(() -> new Verdict.Refused(Responses.of(request, 404, tag))));
    }
}
