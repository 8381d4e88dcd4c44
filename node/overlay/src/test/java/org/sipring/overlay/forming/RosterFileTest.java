package org.sipring.overlay.forming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sipring.api.NodeId;

class RosterFileTest {
    @TempDir
    Path directory;

    @Test
    void aFreshDirectoryRemembersNothing() throws IOException {
        assertThat(new RosterFile(directory.resolve("missing")).read()).isEmpty();
    }

    @Test
    void whatIsWrittenIsRead() throws IOException {
        Roster roster = new Roster(
                "p1",
                12,
                List.of(
                        new Roster.Seat(new NodeId("n2"), "127.0.0.12", 7600),
                        new Roster.Seat(new NodeId("n1"), "2001:db8::1", 7601)),
                List.of(new Roster.Seat(new NodeId("n3"), "127.0.0.13", 7600)));
        RosterFile file = new RosterFile(directory.resolve("new"));
        file.write(new Roster("p1", 11, List.of()));
        file.write(roster);

        assertThat(file.read()).contains(roster);
    }

    @Test
    void aDamagedFileIsNamedAndNeverTakenForAFreshDirectory() throws IOException {
        for (String text : List.of(
                "",
                "sipring-roster 2\n",
                "sipring-roster 1\nplatform p1\n",
                "sipring-roster 1\nplatform p1\ngeneration x\n",
                "sipring-roster 1\nplatform p1\ngeneration 1\nn1\n")) {
            Files.writeString(directory.resolve("roster"), text);
            assertThatThrownBy(() -> new RosterFile(directory).read())
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(directory.resolve("roster") + " is damaged");
        }
    }

    @Test
    void whoLeavesIsRememberedLatestFirstUntilItComesBack() {
        Roster.Seat one = new Roster.Seat(new NodeId("n1"), "127.0.0.11", 7600);
        Roster.Seat two = new Roster.Seat(new NodeId("n2"), "127.0.0.12", 7600);
        Roster.Seat three = new Roster.Seat(new NodeId("n3"), "127.0.0.13", 7600);
        Roster all = new Roster("p1", 1, List.of(one, two, three));
        Roster pair = new Roster("p1", 2, List.of(one, two)).after(all);
        Roster last = new Roster("p1", 3, List.of(one)).after(pair);

        assertThat(last.former()).containsExactly(two, three);
        assertThat(new Roster("p1", 4, List.of(one, three)).after(last).former())
                .containsExactly(two);
    }
}
