package org.sipring.provisioning.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.sipring.provisioning.form.HostedDomain;

/** The domains that have their users here. */
final class Domains {
    private final Map<String, HostedDomain> hosted;

    Domains(Map<String, HostedDomain> hosted) {
        this.hosted = Map.copyOf(hosted);
    }

    static String user(String aor) {
        return aor.substring(0, aor.lastIndexOf('@'));
    }

    /** The domain that a path names. */
    Optional<HostedDomain> named(Call call) {
        return Optional.ofNullable(hosted.get(call.named("domain")));
    }

    CompletionStage<Done> with(Call call, Function<HostedDomain, CompletionStage<Done>> next) {
        return named(call).map(next).orElseGet(() -> Done.now(404, "no such domain has its users here"));
    }

    CompletionStage<Done> list(Call call) {
        return Done.now(Replies.list(
                call,
                "domains",
                new TreeMap<>(hosted).values().stream().map(Domains::json).toList(),
                Optional.empty()));
    }

    CompletionStage<Done> get(Call call) {
        return with(call, domain -> Done.now(Replies.json(200, json(domain))));
    }

    private static ObjectNode json(HostedDomain domain) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("name", domain.name());
        domain.algorithms()
                .forEach(algorithm -> document.withArray("algorithms").add(algorithm.token()));
        return document;
    }
}
