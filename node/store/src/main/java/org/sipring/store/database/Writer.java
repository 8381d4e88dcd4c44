package org.sipring.store.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sipring.api.LargeName;
import org.sipring.store.command.Answer;
import org.sipring.store.command.Command;
import org.sipring.store.database.Entry.Place;
import org.sipring.store.large.ChunkFolder;

/**
 * Applies entries of the log: what they do, what is remembered of their requests and how far they go become visible
 * together or not at all. Lives in one thread.
 */
final class Writer {
    private final PreparedStatement begin;
    private final PreparedStatement commit;
    private final PreparedStatement rollback;
    private final LargeWriter large;
    private final Documents documents;
    private final Requests requests;
    private final PreparedStatement put;
    private final PreparedStatement delete;
    private final PreparedStatement advance;
    private Progress progress;

    Writer(Connection connection, ChunkFolder chunks) throws SQLException {
        // A reader that meets the index half written has the writer's lock for a moment. SQLite waits for it where a
        // transaction begins with it, and fails at once where one has only read so far.
        begin = connection.prepareStatement("BEGIN IMMEDIATE");
        commit = connection.prepareStatement("COMMIT");
        rollback = connection.prepareStatement("ROLLBACK");
        large = new LargeWriter(connection, chunks);
        documents = new Documents(connection);
        requests = new Requests(connection);
        put = connection.prepareStatement(Documents.PUT);
        delete = connection.prepareStatement("DELETE FROM document WHERE key = ?");
        advance = connection.prepareStatement(Progress.ADVANCE);
        try (Statement statement = connection.createStatement()) {
            progress = Verification.progress(statement);
        }
    }

    Place place() {
        return progress.place();
    }

    /** Applies them; what has been applied before is passed over. Gives an answer for each, and for each change in a bundle. */
    List<Answer> apply(List<Entry> entries) throws SQLException {
        Progress before = progress;
        begin.execute();
        try {
            List<Answer> answers = new ArrayList<>(entries.size());
            for (Entry entry : entries) {
                apply(entry, answers);
            }
            progress = progress.plus(large.takeSum());
            progress.advance(advance);
            commit.execute();
            large.committed();
            return answers;
        } catch (SQLException | RuntimeException failure) {
            progress = before;
            undo(failure);
            large.rolledBack();
            throw failure;
        }
    }

    // SQLite has done so itself where the disk is full, and would say nothing but that.
    private void undo(Exception failure) {
        try {
            rollback.execute();
        } catch (SQLException done) {
            failure.addSuppressed(done);
        }
    }

    private void apply(Entry entry, List<Answer> answers) throws SQLException {
        boolean passed = entry.place().index() <= progress.place().index();
        if (!passed) {
            progress = progress.at(entry.place());
        }
        if (entry.command().isEmpty()) {
            answers.add(Answer.DONE);
        } else {
            apply(entry.command().get(), passed, answers);
        }
    }

    private void apply(Command command, boolean passed, List<Answer> answers) throws SQLException {
        for (Command.Change change : command.changes()) {
            Optional<Answer> first = requests.get(change.request());
            answers.add(first.isPresent() || passed ? first.orElse(Answer.DONE) : change(change));
        }
        if (command.changes().isEmpty()) {
            answers.add(passed ? large.passed(command) : other(command));
        }
    }

    private Answer other(Command command) throws SQLException {
        if (command instanceof Command.Forget old) {
            progress = progress.plus(-requests.forget(old.before()));
        }
        return large.apply(command);
    }

    private Answer change(Command.Change change) throws SQLException {
        Optional<Documents.Row> former = documents.get(change.key());
        long current = former.map(Documents.Row::revision).orElse(0L);
        Answer answer = current == change.expected() ? write(change, former) : Answer.refused(current);
        progress = progress.plus(requests.add(change.request(), answer));
        return answer;
    }

    private Answer write(Command.Change change, Optional<Documents.Row> former) throws SQLException {
        if (change instanceof Command.Put document) {
            return write(document, former);
        }
        if (former.isEmpty()) {
            return Answer.refused(0);
        }
        takeAway(former, change, Set.of());
        delete.setBytes(1, Documents.bytes(change.key()));
        delete.executeUpdate();
        return Answer.DONE;
    }

    private Answer write(Command.Put document, Optional<Documents.Row> former) throws SQLException {
        if (!large.has(document.refersTo())) {
            return Answer.MISSING;
        }
        takeAway(former, document, document.refersTo());
        progress = progress.written();
        write(document, progress.revision());
        return Answer.written(progress.revision());
    }

    // What was there counts no more, and refers to nothing.
    private void takeAway(Optional<Documents.Row> former, Command.Change change, Set<LargeName> next)
            throws SQLException {
        progress = progress.plus(-former.map(Documents.Row::checksum).orElse(0L));
        large.refer(
                former.map(Documents.Row::refersTo).orElse(Set.of()),
                next,
                change.request().made());
    }

    private void write(Command.Put document, long revision) throws SQLException {
        Documents.Row row = Documents.Row.of(document.key(), revision, document.value(), document.refersTo());
        row.put(put);
        progress = progress.plus(row.checksum());
    }
}
