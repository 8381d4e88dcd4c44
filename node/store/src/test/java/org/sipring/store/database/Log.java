package org.sipring.store.database;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sipring.store.command.Answer;
import org.sipring.store.command.Command;
import org.sipring.store.command.Key;
import org.sipring.store.command.RequestId;
import org.sipring.store.database.Entry.Place;

/** A log that is only applied to one database, entry by entry. */
final class Log {
    final List<Entry> entries = new ArrayList<>();
    private final Database database;
    private long requests;

    Log(Database database) {
        this.database = database;
    }

    RequestId request() {
        return new RequestId(0, ++requests, Instant.ofEpochMilli(requests));
    }

    Answer put(String name, String value, long expected) {
        return apply(new Command.Put(request(), key(name), value.getBytes(StandardCharsets.UTF_8), expected));
    }

    Answer delete(String name, long expected) {
        return apply(new Command.Delete(request(), key(name), expected));
    }

    Answer apply(Command command) {
        Entry entry = next(command);
        return database.apply(List.of(entry)).get(0);
    }

    Entry next(Command command) {
        Entry entry = new Entry(new Place(1, entries.size()), Optional.of(command));
        entries.add(entry);
        return entry;
    }

    static Key key(String name) {
        return new Key("accounts", name);
    }

    Optional<String> value(String name) {
        return database.get(key(name)).map(document -> new String(document.value(), StandardCharsets.UTF_8));
    }
}
