package org.sipring.provisioning.api;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.sipring.accounts.domain.HostedDomain;
import org.sipring.accounts.domain.HostedDomains;

/**
 * The domains that have their users here.
 *
 * @param hosted as this node's copy of the store has them
 */
record Domains(HostedDomains hosted) {
    static String user(String aor) {
        return aor.substring(0, aor.lastIndexOf('@'));
    }

    /** The domain that a path names. */
    Optional<HostedDomain> named(Call call) {
        return hosted.named(call.named("domain"));
    }

    CompletionStage<Done> with(Call call, Function<HostedDomain, CompletionStage<Done>> next) {
        return named(call).map(next).orElseGet(Domains::none);
    }

    static CompletionStage<Done> none() {
        return Done.now(404, "no such domain has its users here");
    }
}
