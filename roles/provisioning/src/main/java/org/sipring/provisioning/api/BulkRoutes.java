package org.sipring.provisioning.api;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sipring.accounts.Accounts;
import org.sipring.accounts.domain.HostedDomain;
import org.sipring.api.Ticker;
import org.sipring.http.HttpReply;
import org.sipring.provisioning.audit.Audit;
import org.sipring.provisioning.audit.Change;
import org.sipring.provisioning.bulk.BulkFormat;
import org.sipring.provisioning.bulk.Rows;
import org.sipring.provisioning.bulk.UnreadableException;
import org.sipring.provisioning.form.AccountView;
import org.sipring.provisioning.problem.Problem;

/** Many accounts at once. */
final class BulkRoutes {
    private static final int MOST = 10_000;
    private static final List<String> WRITTEN =
            BulkFormat.WRITTEN.stream().map(BulkFormat::mediaType).toList();

    private final Domains domains;
    private final Accounts accounts;
    private final Audit audit;
    private final Ticker room;
    private final Counters counters;

    BulkRoutes(Domains domains, Accounts accounts, Audit audit, Ticker room, Counters counters) {
        this.domains = domains;
        this.accounts = accounts;
        this.audit = audit;
        this.room = room;
        this.counters = counters;
    }

    CompletionStage<Done> take(Call call) {
        Optional<BulkFormat> format = BulkFormat.of(MediaTypes.sent(call.request()));
        Optional<ImportMode> mode = ImportMode.of(call.parameter("existing").orElse("keep"));
        if (mode.isEmpty()) {
            return Done.now(Problem.parameter("existing", "must be keep, update or refuse"));
        }
        return domains.with(call, domain -> format.map(known -> take(call, domain, known, mode.get()))
                .orElseGet(() -> Replies.unsupported(Stream.of(BulkFormat.values())
                        .map(BulkFormat::mediaType)
                        .collect(Collectors.joining(" or ")))));
    }

    private CompletionStage<Done> take(Call call, HostedDomain domain, BulkFormat format, ImportMode mode) {
        try {
            Rows rows = format.read(text(call.request().body()));
            return new Import(domain, mode, rows, accounts, room, (aor, fate) -> written(call, aor, fate))
                    .run()
                    .thenApply(report -> new Done(Replies.json(200, report.json()), counts(report)));
        } catch (UnreadableException malformed) {
            return Done.now(400, String.valueOf(malformed.getMessage()));
        } catch (CharacterCodingException malformed) {
            return Done.now(400, "this is not UTF-8: convert it");
        }
    }

    private void written(Call call, String aor, ImportReport.Fate fate) {
        audit.log(change(call, aor, fate));
        counters.imported(fate);
    }

    private static String text(byte[] body) throws CharacterCodingException {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    }

    private static Change change(Call call, String aor, ImportReport.Fate fate) {
        return new Change(
                call.when(),
                call.caller().name(),
                call.request().peer().address().getHostAddress(),
                "account.import",
                aor,
                List.of(),
                fate == ImportReport.Fate.CREATED ? "201" : "200");
    }

    private static List<String> counts(ImportReport report) {
        return Stream.of(ImportReport.Fate.CREATED, ImportReport.Fate.UPDATED)
                .map(fate -> report.of(fate) + " " + fate)
                .toList();
    }

    CompletionStage<Done> give(Call call) {
        Optional<String> type = MediaTypes.taken(call.request(), WRITTEN);
        if (type.isEmpty()) {
            return Done.now(406, "accept " + String.join(" or ", WRITTEN));
        }
        BulkFormat format = BulkFormat.of(type.get()).orElseThrow();
        return domains.with(
                call,
                domain -> Paging.read(
                        call, MOST, MOST, paging -> Done.now(give(call, domain, format, paging)), Done::now));
    }

    private HttpReply give(Call call, HostedDomain domain, BulkFormat format, Paging paging) {
        boolean secrets = call.parameter("secrets").filter("true"::equals).isPresent();
        Paging.Part<Accounts.Stored> part = paging.part(
                accounts.page(domain.name(), paging.after(), paging.limit() + 1),
                stored -> Domains.user(stored.account().aor()));
        String text = format.write(part.items().stream()
                .map(Accounts.Stored::account)
                .map(secrets ? AccountView::withSecrets : AccountView::fields)
                .toList());
        HttpReply reply = new HttpReply(200, format.mediaType(), text.getBytes(StandardCharsets.UTF_8));
        return part.next()
                .map(cursor -> reply.with("Link", Paging.link(call, cursor)))
                .orElse(reply);
    }
}
