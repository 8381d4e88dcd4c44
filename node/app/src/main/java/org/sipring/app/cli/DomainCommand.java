package org.sipring.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sipring.app.account.DomainText;
import org.sipring.app.account.PlatformApi;
import org.sipring.app.process.CommandFailure;
import org.sipring.certs.Refusal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sipring domain}: the SIP domains that have their users here, as the platform's API has them. */
@Command(
        name = "domain",
        description = "Add, change, remove and list hosted domains, as an operator, at any node that provisions.",
        mixinStandardHelpOptions = true)
final class DomainCommand {
    private static final String JSON = "application/json";
    private static final String ALL = "/v1/domains?limit=1000";

    @Command(
            description = "Serve a further domain from now on, and print what its zone must say.",
            mixinStandardHelpOptions = true)
    int add(
            @Mixin OperatorOption operator,
            @Parameters(paramLabel = "DOMAIN", description = "such as example.com") String domain,
            @Mixin Fields fields)
            throws Refusal, IOException {
        String name = DomainText.name(domain);
        JsonNode added =
                operator.api().create(PlatformApi.path(name), fields.document()).json();
        System.out.println(name + " is added.");
        DomainText.zone(added).forEach(System.out::println);
        return 0;
    }

    @Command(description = "Change a domain: what is not mentioned stays as it is.", mixinStandardHelpOptions = true)
    int set(
            @Mixin OperatorOption operator,
            @Parameters(paramLabel = "DOMAIN", description = "such as example.com") String domain,
            @Mixin Fields fields)
            throws Refusal, IOException {
        ObjectNode document = fields.document();
        if (document.isEmpty()) {
            throw new CommandFailure("say what to change: 'sipring domain set --help' lists it");
        }
        String path = PlatformApi.path(DomainText.name(domain));
        DomainText.lines(operator.api().change(path, document).json()).forEach(System.out::println);
        return 0;
    }

    @Command(description = "Remove a domain that has no users any more.", mixinStandardHelpOptions = true)
    int remove(
            @Mixin OperatorOption operator,
            @Parameters(paramLabel = "DOMAIN", description = "such as example.com") String domain)
            throws Refusal, IOException {
        String name = DomainText.name(domain);
        operator.api().remove(PlatformApi.path(name));
        System.out.println(name + " is removed.");
        return 0;
    }

    @Command(description = "Show a domain, and what its zone must say.", mixinStandardHelpOptions = true)
    int show(
            @Mixin OperatorOption operator,
            @Parameters(paramLabel = "DOMAIN", description = "such as example.com") String domain,
            @Option(names = "--json", description = "as JSON, as the API has it") boolean json)
            throws Refusal, IOException {
        PlatformApi.Answer answer = operator.api().get(PlatformApi.path(DomainText.name(domain)), JSON);
        if (json) {
            System.out.println(answer.text());
        } else {
            DomainText.lines(answer.json()).forEach(System.out::println);
        }
        return 0;
    }

    @Command(description = "List the domains that have their users here.", mixinStandardHelpOptions = true)
    int list(
            @Mixin OperatorOption operator,
            @Option(names = "--json", description = "as JSON, a domain a line") boolean json)
            throws Refusal, IOException {
        Consumer<JsonNode> line = domain -> System.out.println(json ? domain.toString() : DomainText.line(domain));
        operator.api().pages(ALL, JSON, page -> page.json().path("domains").forEach(line));
        return 0;
    }

    /** What may be said of a domain. The API judges it. */
    static final class Fields {
        @Option(
                names = "--algorithms",
                split = ",",
                paramLabel = "MD5|SHA-256|SHA-512-256,...|none",
                description = "the digest algorithms that its users are offered, and new passwords are kept for; none:"
                        + " those of the platform's own domain")
        private @Nullable List<String> algorithms;

        @Option(
                names = "--enabled",
                paramLabel = "true|false",
                arity = "1",
                description = "false: its users may neither register nor call, nor be called")
        private @Nullable Boolean enabled;

        ObjectNode document() {
            ObjectNode document = JsonNodeFactory.instance.objectNode();
            if (algorithms != null) {
                ArrayNode array = document.putArray("algorithms");
                algorithms.stream().filter(name -> !name.equals("none")).forEach(array::add);
            }
            if (enabled != null) {
                document.put("enabled", enabled);
            }
            return document;
        }
    }
}
