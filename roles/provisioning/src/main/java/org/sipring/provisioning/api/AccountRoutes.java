package org.sipring.provisioning.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.sipring.accounts.Account;
import org.sipring.accounts.Accounts;
import org.sipring.http.HttpReply;
import org.sipring.provisioning.access.Tokens;
import org.sipring.provisioning.form.AccountForm;
import org.sipring.provisioning.form.AccountView;
import org.sipring.provisioning.form.Changes;
import org.sipring.provisioning.form.MergePatch;
import org.sipring.provisioning.form.Subject;
import org.sipring.provisioning.problem.FieldProblem;
import org.sipring.provisioning.problem.Problem;

/** Accounts, one by one and page by page. */
final class AccountRoutes {
    private static final int USUAL = 100;
    private static final int MOST = 1000;

    private final Domains domains;
    private final Accounts accounts;
    private final Tokens tokens;

    AccountRoutes(Domains domains, Accounts accounts, Tokens tokens) {
        this.domains = domains;
        this.accounts = accounts;
        this.tokens = tokens;
    }

    CompletionStage<Done> list(Call call) {
        return domains.with(
                call,
                domain -> Paging.read(
                        call, USUAL, MOST, paging -> Done.now(page(call, domain.name(), paging)), Done::now));
    }

    private HttpReply page(Call call, String domain, Paging paging) {
        Paging.Part<Accounts.Stored> part = paging.part(
                accounts.page(domain, paging.after(), paging.limit() + 1),
                stored -> Domains.user(stored.account().aor()));
        List<ObjectNode> items = part.items().stream()
                .map(stored -> AccountView.of(stored.account()).put("etag", Preconditions.tag(stored.revision())))
                .toList();
        return Replies.list(call, "accounts", items, part.next());
    }

    CompletionStage<Done> get(Call call) {
        return existing(
                call,
                stored -> Done.now(
                        Preconditions.known(call.request(), stored.revision())
                                ? HttpReply.empty(304).with("ETag", Preconditions.tag(stored.revision()))
                                : shown(200, stored.account(), stored.revision())));
    }

    private static HttpReply shown(int status, Account account, long revision) {
        return Replies.json(status, AccountView.of(account)).with("ETag", Preconditions.tag(revision));
    }

    private CompletionStage<Done> existing(Call call, Function<Accounts.Stored, CompletionStage<Done>> next) {
        return domains.with(call, domain -> accounts.stored(call.aor())
                .map(next)
                .orElseGet(() -> Done.now(404, "there is no account " + call.aor())));
    }

    CompletionStage<Done> put(Call call) {
        if (!Preconditions.said(call.request())) {
            return Done.now(428, "say If-None-Match: * to create an account, or If-Match and its ETag to replace it");
        }
        return domains.with(
                call,
                domain -> Replies.withJson(call, MediaTypes.JSON, document -> {
                    Optional<Accounts.Stored> present = accounts.stored(call.aor());
                    Subject subject = new Subject(domain, call.named("user"), present.map(Accounts.Stored::account));
                    return write(call, document, AccountForm.read(document, subject), present);
                }));
    }

    CompletionStage<Done> patch(Call call) {
        return existing(
                call,
                stored -> Replies.withJson(call, MediaTypes.MERGE_PATCH, document -> {
                    JsonNode merged = MergePatch.apply(AccountView.fields(stored.account()), document);
                    Subject subject = new Subject(
                            domains.named(call).orElseThrow(), call.named("user"), Optional.of(stored.account()));
                    return write(call, document, AccountForm.read(merged, subject), Optional.of(stored));
                }));
    }

    private CompletionStage<Done> write(
            Call call, JsonNode document, AccountForm.Reading reading, Optional<Accounts.Stored> present) {
        if (reading.account().isEmpty()) {
            return Done.now(new Problem(400, "some fields are not as they should be", reading.problems()));
        }
        Account account = reading.account().get();
        Optional<Problem> trespass = trespass(call, document, account, present);
        if (trespass.isPresent()) {
            return Done.now(trespass.get());
        }
        boolean same =
                present.filter(stored -> stored.account().equals(account)).isPresent();
        Optional<Problem> against = Preconditions.against(
                call.request(), present.map(Accounts.Stored::revision).orElse(0L));
        if (against.isPresent() && !Preconditions.repeated(call.request(), same)) {
            return Done.now(against.get());
        }
        return same ? Done.now(shown(200, account, present.orElseThrow().revision())) : store(call, account, present);
    }

    private static Optional<Problem> trespass(
            Call call, JsonNode document, Account account, Optional<Accounts.Stored> present) {
        if (call.caller().operator()) {
            return Optional.empty();
        }
        if (present.isEmpty()) {
            return Optional.of(new Problem(403, "only operators create accounts"));
        }
        List<FieldProblem> fields = Changes.notForSubscribers(
                        document, present.get().account(), account)
                .stream()
                .map(field -> new FieldProblem('/' + field, "only operators may change this"))
                .toList();
        return fields.isEmpty()
                ? Optional.empty()
                : Optional.of(new Problem(403, "some fields are not yours to change", fields));
    }

    private CompletionStage<Done> store(Call call, Account account, Optional<Accounts.Stored> present) {
        long expected = present.map(Accounts.Stored::revision).orElse(0L);
        List<String> fields = present.map(stored -> Changes.between(stored.account(), account))
                .orElseGet(List::of);
        return accounts.put(account, expected).thenApply(written -> written.map(revision -> new Done(
                        present.isPresent()
                                ? shown(200, account, revision)
                                : shown(201, account, revision)
                                        .with("Location", call.request().path()),
                        fields))
                .orElseGet(Done::changedMeanwhile));
    }

    CompletionStage<Done> delete(Call call) {
        return existing(call, stored -> Preconditions.against(call.request(), stored.revision())
                .map(Done::now)
                .orElseGet(() -> remove(stored)));
    }

    private CompletionStage<Done> remove(Accounts.Stored stored) {
        String aor = stored.account().aor();
        // First, so that none is left when this is cut short; and afterwards, since one may have been made meanwhile.
        return tokens.removeOf(aor)
                .thenCompose(gone -> accounts.remove(aor, stored.revision()))
                .thenCompose(removed -> removed
                        ? tokens.removeOf(aor).thenApply(gone -> new Done(HttpReply.empty(204), List.of()))
                        : CompletableFuture.completedFuture(Done.changedMeanwhile()));
    }
}
