package org.sipring.store.database;

import org.sipring.store.database.Entry.Place;

/**
 * How far a database has come.
 *
 * @param place the last entry that it holds
 * @param revision the last that was given to a document
 */
record Progress(Place place, long revision) {
    Progress at(Place next) {
        return new Progress(next, revision);
    }

    Progress written() {
        return new Progress(place, revision + 1);
    }
}
