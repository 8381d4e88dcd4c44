package org.sipring.store.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.sipring.store.command.Answer;
import org.sipring.store.command.RequestId;

/** What came of the requests of late. Lives in one thread. */
final class Requests {
    /** All rows, as {@link Row#of} reads them. */
    static final String ROW = "SELECT high, low, made, applied, revision, checksum FROM request";

    private final PreparedStatement one;
    private final PreparedStatement add;
    private final PreparedStatement sumOfOld;
    private final PreparedStatement forget;

    /**
     * A row.
     *
     * @param request which
     * @param answer what came of it
     * @param checksum as it was written
     */
    record Row(RequestId request, Answer answer, long checksum) {
        static Row of(RequestId request, Answer answer) {
            return new Row(request, answer, sum(request, answer));
        }

        static Row of(ResultSet row) throws SQLException {
            return new Row(
                    new RequestId(row.getLong(1), row.getLong(2), Instant.ofEpochMilli(row.getLong(3))),
                    new Answer(row.getBoolean(4), row.getLong(5)),
                    row.getLong(6));
        }

        private static long sum(RequestId request, Answer answer) {
            return Checksum.of(
                    request.high(),
                    request.low(),
                    request.made().toEpochMilli(),
                    answer.applied() ? 1 : 0,
                    answer.revision());
        }

        /** It, where nothing in it has changed since it was written. */
        Row intact() {
            if (sum(request, answer) != checksum) {
                throw new DamagedException("what is remembered of a request");
            }
            return this;
        }
    }

    Requests(Connection connection) throws SQLException {
        one = connection.prepareStatement(ROW + " WHERE high = ? AND low = ?");
        add = connection.prepareStatement("INSERT INTO request VALUES(?, ?, ?, ?, ?, ?)");
        sumOfOld = connection.prepareStatement("SELECT coalesce(sum(checksum), 0) FROM request WHERE made < ?");
        forget = connection.prepareStatement("DELETE FROM request WHERE made < ?");
    }

    Optional<Answer> get(RequestId request) throws SQLException {
        one.setLong(1, request.high());
        one.setLong(2, request.low());
        try (ResultSet row = one.executeQuery()) {
            return row.next() ? Optional.of(Row.of(row).intact().answer()) : Optional.empty();
        }
    }

    /** Gives the new row's checksum. */
    long add(RequestId request, Answer answer) throws SQLException {
        Row row = Row.of(request, answer);
        add.setLong(1, request.high());
        add.setLong(2, request.low());
        add.setLong(3, request.made().toEpochMilli());
        add.setBoolean(4, answer.applied());
        add.setLong(5, answer.revision());
        add.setLong(6, row.checksum());
        add.executeUpdate();
        return row.checksum();
    }

    /** Gives the sum of the checksums of what is gone. */
    long forget(Instant before) throws SQLException {
        sumOfOld.setLong(1, before.toEpochMilli());
        long sum;
        try (ResultSet row = sumOfOld.executeQuery()) {
            sum = row.getLong(1);
        }
        forget.setLong(1, before.toEpochMilli());
        forget.executeUpdate();
        return sum;
    }
}
