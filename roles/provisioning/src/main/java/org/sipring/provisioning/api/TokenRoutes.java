package org.sipring.provisioning.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.sipring.accounts.Accounts;
import org.sipring.http.HttpReply;
import org.sipring.provisioning.access.Token;
import org.sipring.provisioning.access.Tokens;
import org.sipring.provisioning.problem.FieldProblem;
import org.sipring.provisioning.problem.Problem;

/** Bearer tokens. A token is made once, under a name; it cannot be read again. */
final class TokenRoutes {
    private static final Duration LONGEST = Duration.ofDays(366);

    private static final FieldProblem NO_ACCOUNT = new FieldProblem("/account", "must be the address of an account");

    private final Tokens tokens;
    private final Accounts accounts;

    TokenRoutes(Tokens tokens, Accounts accounts) {
        this.tokens = tokens;
        this.accounts = accounts;
    }

    CompletionStage<Done> list(Call call) {
        List<ObjectNode> all = tokens.all().stream()
                .sorted(Comparator.comparing(Token::name))
                .map(TokenRoutes::json)
                .toList();
        return Done.now(Replies.list(call, "tokens", all, Optional.empty()));
    }

    private static ObjectNode json(Token token) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("name", token.name());
        document.put("scope", token.account().isPresent() ? "account" : "operator");
        token.account().ifPresent(aor -> document.put("account", aor));
        return document.put("expires", token.expires().toString());
    }

    CompletionStage<Done> put(Call call) {
        if (call.request().field("If-None-Match").filter("*"::equals).isEmpty()) {
            return Done.now(428, "say If-None-Match: *: a token is made once; remove it to make another of its name");
        }
        return Replies.withJson(call, MediaTypes.JSON, document -> make(call, document));
    }

    private CompletionStage<Done> make(Call call, JsonNode document) {
        List<FieldProblem> problems = new ArrayList<>();
        Optional<String> account = scope(document, problems);
        Optional<Instant> expires = expires(document, call.when(), problems);
        if (!Tokens.isName(call.named("name"))) {
            problems.add(new FieldProblem("/name", "in the path must be lower-case letters, digits and hyphens"));
        }
        document.fieldNames().forEachRemaining(field -> {
            if (!List.of("scope", "account", "expires").contains(field)) {
                problems.add(new FieldProblem('/' + field, "there is no such field"));
            }
        });
        return problems.isEmpty()
                ? tokens.issue(call.named("name"), account, expires.orElseThrow())
                        .thenCompose(this::answer)
                : Done.now(new Problem(400, "some fields are not as they should be", problems));
    }

    private Optional<String> scope(JsonNode document, List<FieldProblem> problems) {
        String scope = document.path("scope").asText();
        Optional<String> account = Optional.ofNullable(document.get("account")).map(JsonNode::asText);
        if (!List.of("operator", "account").contains(scope)) {
            problems.add(new FieldProblem("/scope", "must be operator or account"));
        } else if (scope.equals("account") && account.flatMap(accounts::find).isEmpty()) {
            problems.add(NO_ACCOUNT);
        } else if (scope.equals("operator") && account.isPresent()) {
            problems.add(new FieldProblem("/account", "stands beside scope operator: leave one of them out"));
        }
        return account;
    }

    private static Optional<Instant> expires(JsonNode document, Instant now, List<FieldProblem> problems) {
        Optional<Instant> found = instant(document.path("expires").asText());
        if (found.filter(then -> then.isAfter(now) && then.isBefore(now.plus(LONGEST)))
                .isEmpty()) {
            problems.add(new FieldProblem(
                    "/expires",
                    "must be a time within " + LONGEST.toDays() + " days, such as " + now.plus(Duration.ofDays(30))));
        }
        return found;
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeParseException malformed) {
            return Optional.empty();
        }
    }

    private CompletionStage<Done> answer(Optional<Tokens.Issued> issued) {
        if (issued.isEmpty()) {
            return Done.now(Preconditions.failed("there is a token of that name: remove it first"));
        }
        Token token = issued.get().token();
        HttpReply made = Replies.json(201, json(token).put("token", issued.get().text()));
        return token.account().isEmpty()
                ? Done.now(made)
                : tokens.catchUp().thenCompose(known -> unlessGone(token, made));
    }

    // Whoever removes an account removes its tokens before it and after it: either they see this token, or we see no
    // account.
    private CompletionStage<Done> unlessGone(Token token, HttpReply made) {
        return token.account().flatMap(accounts::find).isPresent()
                ? Done.now(made)
                : tokens.remove(token.name())
                        .thenCompose(removed ->
                                Done.now(new Problem(400, "the account was removed just now", List.of(NO_ACCOUNT))));
    }

    CompletionStage<Done> delete(Call call) {
        return tokens.remove(call.named("name"))
                .thenApply(removed -> new Done(
                        removed ? HttpReply.empty(204) : new Problem(404, "there is no token of that name").reply(),
                        List.of()));
    }
}
