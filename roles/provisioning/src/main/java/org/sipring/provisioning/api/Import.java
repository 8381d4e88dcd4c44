package org.sipring.provisioning.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.sipring.accounts.Account;
import org.sipring.accounts.Accounts;
import org.sipring.accounts.AddressTakenException;
import org.sipring.accounts.ChangedMeanwhileException;
import org.sipring.accounts.MalformedDocumentException;
import org.sipring.accounts.domain.HostedDomain;
import org.sipring.api.Ticker;
import org.sipring.provisioning.bulk.Row;
import org.sipring.provisioning.bulk.Rows;
import org.sipring.provisioning.form.AccountForm;
import org.sipring.provisioning.form.AccountView;
import org.sipring.provisioning.form.MergePatch;
import org.sipring.provisioning.form.Subject;
import org.sipring.provisioning.problem.FieldProblem;

/**
 * Writes the accounts of many rows, several at a time, so that the store has enough to do; each is its own change. Lives in
 * one room.
 */
final class Import {
    /** How many changes the store is given at a time. */
    private static final int WINDOW = 64;

    private final HostedDomain domain;
    private final ImportMode mode;
    private final Accounts accounts;
    private final Ticker room;
    private final BiConsumer<String, ImportReport.Fate> told;
    private final Iterator<Row> rows;
    private final ImportReport report;
    private final CompletableFuture<ImportReport> done = new CompletableFuture<>();
    private int waiting;
    private @Nullable Throwable broken;

    /**
     * An import that has not begun.
     *
     * @param told hears of each account that was written
     */
    Import(
            HostedDomain domain,
            ImportMode mode,
            Rows rows,
            Accounts accounts,
            Ticker room,
            BiConsumer<String, ImportReport.Fate> told) {
        this.domain = domain;
        this.mode = mode;
        this.accounts = accounts;
        this.room = room;
        this.told = told;
        this.rows = rows.rows().iterator();
        this.report = new ImportReport(rows.ignored());
    }

    /** Begins. Completes in the room; fails when the store does, after what had begun. */
    CompletionStage<ImportReport> run() {
        goOn();
        return done;
    }

    // Rows that need no store do not make this recursive: the loop takes the next.
    // A store that cannot be read says so here and now, and nobody but the stage is there to hear of it.
    private void goOn() {
        try {
            while (broken == null && waiting < WINDOW && rows.hasNext()) {
                begin(rows.next());
            }
        } catch (RuntimeException failure) {
            end(failure);
        }
        if (waiting == 0 && broken != null) {
            done.completeExceptionally(broken);
        } else if (waiting == 0 && !rows.hasNext()) {
            done.complete(report);
        }
    }

    // The first failure is the one to tell of: others may come of it.
    private void end(Throwable failure) {
        if (broken == null) {
            broken = failure;
        }
    }

    private void begin(Row row) {
        try {
            consider(row);
        } catch (MalformedDocumentException malformed) {
            report.refuse(row, List.of(new FieldProblem("/address", "is there: " + malformed.getMessage())));
        }
    }

    private void consider(Row row) {
        if (!row.domain().isEmpty() && !row.domain().equals(domain.name())) {
            report.count(ImportReport.Fate.ELSEWHERE);
            return;
        }
        Optional<Accounts.Stored> present = present(row.user() + '@' + domain.name());
        if (present.isPresent() && mode == ImportMode.KEEP) {
            report.count(ImportReport.Fate.KEPT);
        } else if (present.isPresent() && mode == ImportMode.REFUSE) {
            report.refuse(row, List.of(new FieldProblem("/address", "is there already")));
        } else {
            write(row, present);
        }
    }

    // What is too long for an address is too long for a key, and none of them is there.
    private Optional<Accounts.Stored> present(String aor) {
        return aor.length() > Account.LONGEST_ADDRESS ? Optional.empty() : accounts.stored(aor);
    }

    private void write(Row row, Optional<Accounts.Stored> present) {
        AccountForm.Reading reading = read(row, present.map(Accounts.Stored::account));
        if (reading.account().isEmpty()) {
            report.refuse(row, reading.problems());
        } else if (reading.account().equals(present.map(Accounts.Stored::account))) {
            report.count(ImportReport.Fate.UNCHANGED);
        } else {
            long expected = present.map(Accounts.Stored::revision).orElse(0L);
            ImportReport.Fate fate = present.isPresent() ? ImportReport.Fate.UPDATED : ImportReport.Fate.CREATED;
            CompletionStage<Optional<Long>> change =
                    accounts.put(reading.account().get(), expected);
            // Behind what may fail before anything has begun.
            waiting++;
            var unused = change.whenComplete((revision, failure) -> {
                boolean written = failure == null && revision.isPresent();
                room.execute(() -> answered(row, fate, written, failure));
            });
        }
    }

    private AccountForm.Reading read(Row row, Optional<Account> present) {
        JsonNode document = present.<JsonNode>map(account -> MergePatch.apply(AccountView.fields(account), row.form()))
                .orElse(row.form());
        return AccountForm.read(document, new Subject(domain, row.user(), present));
    }

    private void answered(Row row, ImportReport.Fate fate, boolean written, @Nullable Throwable failure) {
        waiting--;
        try {
            written(row, fate, written, failure);
        } catch (RuntimeException deaf) {
            end(deaf);
        }
        goOn();
    }

    private void written(Row row, ImportReport.Fate fate, boolean written, @Nullable Throwable failure) {
        Throwable cause = failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
        if (written) {
            report.count(fate);
            told.accept(row.user() + '@' + domain.name(), fate);
        } else if (cause == null) {
            report.refuse(
                    row, List.of(new FieldProblem("/address", "was changed by somebody else meanwhile: try again")));
        } else if (cause instanceof AddressTakenException
                || cause instanceof ChangedMeanwhileException
                || cause instanceof MalformedDocumentException) {
            report.refuse(row, List.of(new FieldProblem("/aliases", String.valueOf(cause.getMessage()))));
        } else {
            end(cause);
        }
    }
}
