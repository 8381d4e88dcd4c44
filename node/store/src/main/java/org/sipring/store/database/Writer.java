package org.sipring.store.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sipring.store.command.Answer;
import org.sipring.store.command.Command;
import org.sipring.store.command.Key;
import org.sipring.store.command.RequestId;
import org.sipring.store.database.Entry.Place;

/**
 * Applies entries of the log: what they do, what is remembered of their requests and how far they go become visible
 * together or not at all. Lives in one thread.
 */
final class Writer {
    private final Connection connection;
    private final PreparedStatement revisionOf;
    private final PreparedStatement put;
    private final PreparedStatement delete;
    private final PreparedStatement remembered;
    private final PreparedStatement remember;
    private final PreparedStatement forget;
    private final PreparedStatement advance;
    private Progress progress;

    Writer(Connection connection) throws SQLException {
        this.connection = connection;
        connection.setAutoCommit(false);
        revisionOf = connection.prepareStatement("SELECT revision FROM document WHERE collection = ? AND name = ?");
        put = connection.prepareStatement("INSERT OR REPLACE INTO document VALUES(?, ?, ?, ?, ?)");
        delete = connection.prepareStatement("DELETE FROM document WHERE collection = ? AND name = ?");
        remembered = connection.prepareStatement("SELECT applied, revision FROM request WHERE high = ? AND low = ?");
        remember = connection.prepareStatement("INSERT INTO request VALUES(?, ?, ?, ?, ?)");
        forget = connection.prepareStatement("DELETE FROM request WHERE made < ?");
        advance = connection.prepareStatement("UPDATE progress SET term = ?, entry = ?, revision = ?");
        progress = read();
    }

    private Progress read() throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("SELECT term, entry, revision FROM progress");
                ResultSet row = query.executeQuery()) {
            row.next();
            return new Progress(new Place(row.getLong(1), row.getLong(2)), row.getLong(3));
        }
    }

    Place place() {
        return progress.place();
    }

    /** Applies them; what has been applied before is passed over. Gives an answer for each. */
    List<Answer> apply(List<Entry> entries) throws SQLException {
        Progress before = progress;
        boolean done = false;
        try {
            List<Answer> answers = new ArrayList<>(entries.size());
            for (Entry entry : entries) {
                answers.add(apply(entry));
            }
            advance.setLong(1, progress.place().term());
            advance.setLong(2, progress.place().index());
            advance.setLong(3, progress.revision());
            advance.executeUpdate();
            connection.commit();
            done = true;
            return answers;
        } finally {
            if (!done) {
                progress = before;
                connection.rollback();
            }
        }
    }

    private Answer apply(Entry entry) throws SQLException {
        boolean passed = entry.place().index() <= progress.place().index();
        if (!passed) {
            progress = progress.at(entry.place());
        }
        if (entry.command().isEmpty()) {
            return Answer.DONE;
        }
        Command command = entry.command().get();
        if (command instanceof Command.Change change) {
            Optional<Answer> first = remembered(change.request());
            return first.isPresent() || passed ? first.orElse(Answer.DONE) : change(change);
        }
        if (command instanceof Command.Forget old && !passed) {
            forget.setLong(1, old.before().toEpochMilli());
            forget.executeUpdate();
        }
        return Answer.DONE;
    }

    private Answer change(Command.Change change) throws SQLException {
        long current = revision(change.key());
        Answer answer = current == change.expected() ? write(change, current) : Answer.refused(current);
        remember(change.request(), answer);
        return answer;
    }

    private Answer write(Command.Change change, long current) throws SQLException {
        if (change instanceof Command.Put document) {
            progress = progress.written();
            write(document, progress.revision());
            return Answer.written(progress.revision());
        }
        if (current == 0) {
            return Answer.refused(0);
        }
        name(delete, change.key());
        delete.executeUpdate();
        return Answer.DONE;
    }

    private void write(Command.Put document, long revision) throws SQLException {
        name(put, document.key());
        put.setLong(3, revision);
        put.setBytes(4, document.value());
        put.setLong(5, Checksum.of(document.key(), revision, document.value()));
        put.executeUpdate();
    }

    private long revision(Key key) throws SQLException {
        name(revisionOf, key);
        try (ResultSet row = revisionOf.executeQuery()) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    private Optional<Answer> remembered(RequestId request) throws SQLException {
        remembered.setLong(1, request.high());
        remembered.setLong(2, request.low());
        try (ResultSet row = remembered.executeQuery()) {
            return row.next() ? Optional.of(new Answer(row.getBoolean(1), row.getLong(2))) : Optional.empty();
        }
    }

    private void remember(RequestId request, Answer answer) throws SQLException {
        remember.setLong(1, request.high());
        remember.setLong(2, request.low());
        remember.setLong(3, request.made().toEpochMilli());
        remember.setBoolean(4, answer.applied());
        remember.setLong(5, answer.revision());
        remember.executeUpdate();
    }

    static void name(PreparedStatement statement, Key key) throws SQLException {
        statement.setString(1, key.collection());
        statement.setString(2, key.name());
    }
}
