package org.sipring.store.database;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.sipring.store.database.Entry.Place;

/**
 * How far a database has come.
 *
 * @param place the last entry that it holds
 * @param revision the last that was given to a document
 * @param sum of all rows' checksums: also a row that is not there any more is found out
 */
record Progress(Place place, long revision, long sum) {
    static final String ADVANCE = "UPDATE progress SET term = ?, entry = ?, revision = ?, sum = ?, checksum = ?";

    Progress at(Place next) {
        return new Progress(next, revision, sum);
    }

    Progress written() {
        return new Progress(place, revision + 1, sum);
    }

    Progress plus(long checksum) {
        return new Progress(place, revision, sum + checksum);
    }

    long checksum() {
        return Checksum.of(place.term(), place.index(), revision, sum);
    }

    /** Writes it by {@link #ADVANCE}. */
    void advance(PreparedStatement statement) throws SQLException {
        statement.setLong(1, place.term());
        statement.setLong(2, place.index());
        statement.setLong(3, revision);
        statement.setLong(4, sum);
        statement.setLong(5, checksum());
        statement.executeUpdate();
    }
}
