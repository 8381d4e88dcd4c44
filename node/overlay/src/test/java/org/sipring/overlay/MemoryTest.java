package org.sipring.overlay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sipring.api.NodeId;
import org.sipring.overlay.forming.Greeting.Phase;
import org.sipring.overlay.forming.Roster;
import org.sipring.overlay.forming.RosterFile;
import org.sipring.testkit.SimTime;

/** What is on disk of the members that come and go. */
final class MemoryTest {
    private final SimTime time = new SimTime();

    @TempDir
    private Path directory;

    private RosterFile file;
    private Memory memory;
    private long generation;

    @BeforeEach
    void begin() throws IOException {
        file = new RosterFile(directory);
        memory = new Memory(file, time.ticker(), Runnable::run);
        memory.begin("p1", new NodeId("n3"), Phase.WAITING);
        see("n1", "n2", "n3");
    }

    @Test
    void aNewcomerIsRememberedAtOnce() throws IOException {
        see("n1", "n2", "n3", "n4");

        assertThat(remembered()).containsExactly("n1", "n2", "n3", "n4");
    }

    @Test
    void whoDiesLastDoesNotRememberItselfAlone() throws IOException {
        see("n2", "n3");
        see("n3");
        time.advance(Duration.ofSeconds(9));

        assertThat(remembered()).containsExactly("n1", "n2", "n3");
    }

    @Test
    void aLossThatLastsIsRemembered() throws IOException {
        see("n2", "n3");
        time.advance(Duration.ofSeconds(11));

        assertThat(remembered()).containsExactly("n2", "n3");
    }

    @Test
    void aLossIsForgottenWhenTheNodeIsBackInTime() throws IOException {
        see("n2", "n3");
        see("n1", "n2", "n3");
        time.advance(Duration.ofSeconds(11));

        assertThat(remembered()).containsExactly("n1", "n2", "n3");
    }

    @Test
    void whoFormsAgainFirstRemembersTheOthersUntilTheyAreThere() throws IOException {
        memory.begin("p1", new NodeId("n3"), Phase.FORMING);
        see("n3");

        assertThat(remembered()).containsExactly("n1", "n2", "n3");
    }

    private void see(String... nodes) {
        List<Roster.Seat> seats = Stream.of(nodes)
                .map(node -> new Roster.Seat(new NodeId(node), "192.0.2.1", 7600))
                .toList();
        memory.keep(new Roster("p1", ++generation, seats));
    }

    private List<String> remembered() throws IOException {
        return file.read().orElseThrow().names().stream().map(NodeId::value).toList();
    }
}
