package org.sipring.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sipring.app.account.AccountText;
import org.sipring.app.account.AccountsImport;
import org.sipring.app.account.Address;
import org.sipring.app.account.DomainText;
import org.sipring.app.account.PlatformApi;
import org.sipring.app.process.CommandFailure;
import org.sipring.certs.Refusal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sipring account}: the users of the platform, as its API has them. */
@Command(
        name = "account",
        description = "Add, change, remove and list users, as an operator, at any node that provisions.",
        mixinStandardHelpOptions = true)
final class AccountCommand {
    private static final String JSON = "application/json";
    private static final int PAGE = 1000;
    private static final int TOLD = 10_000;

    @Command(description = "Add a user.", mixinStandardHelpOptions = true)
    int add(
            @Mixin OperatorOption operator,
            @Parameters(paramLabel = "ADDRESS", description = "such as alice@example.org") String address,
            @Mixin AccountFields fields)
            throws Refusal, IOException {
        Address account = Address.of(address);
        ObjectNode document = fields.document();
        if (!document.has("password")) {
            throw new CommandFailure("--password-file FILE: a new account needs a password");
        }
        operator.api().create(PlatformApi.path(account), document);
        System.out.println(account + " is added.");
        return 0;
    }

    @Command(
            description = "Change a user: what is not mentioned stays as it is, and 'none' takes away.",
            mixinStandardHelpOptions = true)
    int set(
            @Mixin OperatorOption operator,
            @Parameters(paramLabel = "ADDRESS", description = "such as alice@example.org") String address,
            @Mixin AccountFields fields)
            throws Refusal, IOException {
        Address account = Address.of(address);
        ObjectNode document = fields.document();
        if (document.isEmpty()) {
            throw new CommandFailure("say what to change: 'sipring account set --help' lists it");
        }
        AccountText.lines(operator.api()
                        .change(PlatformApi.path(account), document)
                        .json())
                .forEach(System.out::println);
        return 0;
    }

    @Command(description = "Remove a user, with what is kept of the user.", mixinStandardHelpOptions = true)
    int remove(
            @Mixin OperatorOption operator,
            @Parameters(paramLabel = "ADDRESS", description = "such as alice@example.org") String address)
            throws Refusal, IOException {
        Address account = Address.of(address);
        operator.api().remove(PlatformApi.path(account));
        System.out.println(account + " is removed.");
        return 0;
    }

    @Command(description = "Show a user.", mixinStandardHelpOptions = true)
    int show(
            @Mixin OperatorOption operator,
            @Parameters(paramLabel = "ADDRESS", description = "such as alice@example.org") String address,
            @Option(names = "--json", description = "as JSON, as the API has it") boolean json)
            throws Refusal, IOException {
        PlatformApi.Answer answer = operator.api().get(PlatformApi.path(Address.of(address)), JSON);
        if (json) {
            System.out.println(answer.text());
        } else {
            AccountText.lines(answer.json()).forEach(System.out::println);
        }
        return 0;
    }

    @Command(description = "List the users of a domain.", mixinStandardHelpOptions = true)
    int list(
            @Mixin OperatorOption operator,
            @Mixin DomainOption domain,
            @Option(names = "--json", description = "as JSON, a user a line") boolean json)
            throws Refusal, IOException {
        Consumer<JsonNode> line = account -> System.out.println(json ? account.toString() : AccountText.line(account));
        operator.api().pages(domain.path(operator) + "/accounts?limit=" + PAGE, JSON, page -> page.json()
                .path("accounts")
                .forEach(line));
        return 0;
    }

    @Command(
            name = "import",
            description = "Add or change many users; exits 1 when a line was refused.",
            mixinStandardHelpOptions = true)
    int take(
            @Mixin OperatorOption operator,
            @Mixin DomainOption domain,
            @Parameters(
                            paramLabel = "FILE",
                            description = "a table (.csv), a JSON document a line (.jsonl), or a dump of a table"
                                    + " 'subscriber' (.sql); its name's end says which")
                    Path file,
            @Option(
                            names = "--mode",
                            paramLabel = "keep|update|refuse",
                            defaultValue = "KEEP",
                            description = "what becomes of users that are there already (keep)")
                    Existing mode)
            throws Refusal, IOException {
        String path = domain.path(operator) + "/import?existing=" + mode.name().toLowerCase(Locale.ROOT);
        PlatformApi api = operator.api();
        JsonNode report = new AccountsImport(
                        domain.name(operator),
                        rows -> api.take(path, BulkFile.JSON_LINES, rows).json(),
                        AccountCommand::tell)
                .run(BulkFile.format(file), BulkFile.text(file));
        AccountText.report(report).forEach(System.out::println);
        return report.path("refused").asInt() == 0 ? 0 : 1;
    }

    private static void tell(int rows) {
        if (rows % TOLD == 0) {
            System.err.println(rows + " rows are taken");
        }
    }

    @Command(
            name = "export",
            description = "Print all users of a domain as JSON, a user a line.",
            mixinStandardHelpOptions = true)
    int give(
            @Mixin OperatorOption operator,
            @Mixin DomainOption domain,
            @Option(
                            names = "--secrets",
                            description = "with what is kept of passwords, to take users to another platform")
                    boolean secrets)
            throws Refusal, IOException {
        String path = domain.path(operator) + "/export" + (secrets ? "?secrets=true" : "");
        operator.api().pages(path, BulkFile.JSON_LINES, page -> System.out.print(page.text()));
        return 0;
    }

    /** What an import does with users that are there already. */
    enum Existing {
        KEEP,
        UPDATE,
        REFUSE
    }

    /** Whose users. */
    static final class DomainOption {
        @Option(
                names = "--domain",
                paramLabel = "DOMAIN",
                description = "a hosted domain; without it the platform's own")
        private @Nullable String domain;

        String name(OperatorOption operator) throws Refusal {
            return domain == null ? operator.domain() : DomainText.name(domain);
        }

        String path(OperatorOption operator) throws Refusal {
            return PlatformApi.path(name(operator));
        }
    }
}
