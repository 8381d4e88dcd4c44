package org.sipring.store.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sipring.store.raft.TestGroup.await;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.sipring.store.command.Key;

/** Documents that a group has acknowledged. */
final class Written {
    private static final int DOCUMENTS = 12;

    private final TestGroup group;
    private final List<String> names = new ArrayList<>();

    Written(TestGroup group) {
        this.group = group;
    }

    static String name(int number) {
        return "user-%03d".formatted(number);
    }

    /** Writes some by the first node, and closes its replica: closing puts what is in SQLite's own log into the file. */
    void byAll() throws IOException {
        for (int number = 0; number < DOCUMENTS; number++) {
            more(name(number));
        }
        group.seat(1).replica().close();
    }

    /** Writes one more. */
    void more(String name) throws IOException {
        try (Submitter submitter = group.seat(1).submitter()) {
            await(submitter.submit(TestGroup.put(name)));
        }
        names.add(name);
    }

    /** A replica has them all, once it is readable. */
    void isThere(int number) throws InterruptedException {
        TestGroup.Seat seat = group.seat(number);
        seat.untilReadable();
        for (String name : names) {
            assertThat(seat.replica().database().orElseThrow().get(new Key("accounts", name)))
                    .as(name)
                    .isPresent();
        }
    }
}
