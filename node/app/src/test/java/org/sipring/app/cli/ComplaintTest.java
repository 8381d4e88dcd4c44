package org.sipring.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.sipring.app.process.CommandFailure;
import org.sipring.overlay.forming.OverlayRefusedException;

/** What a person reads when a command fails. */
final class ComplaintTest {
    @Test
    void theReasonIsFoundUnderWhatOnlyCarriesIt() {
        IOException busy = new IOException("cannot listen on 192.0.2.1:5060/tcp: stop the program that uses the port");

        assertThat(Complaint.of(new ExecutionException(new UncheckedIOException(busy))))
                .containsExactly(busy.getMessage());
        assertThat(Complaint.of(new ExecutionException(new UncheckedIOException("no room", busy))))
                .containsExactly("no room");
    }

    @Test
    void aFileIsNamedWithWhatIsWrongWithIt() {
        assertThat(Complaint.of(new AccessDeniedException("/x"))).containsExactly("cannot use /x: permission denied");
        assertThat(Complaint.of(new NoSuchFileException("/x")))
                .containsExactly("cannot use /x: no such file or folder");
        assertThat(Complaint.of(new FileSystemException("/x", null, "Read-only file system")))
                .containsExactly("cannot use /x: Read-only file system");
    }

    @Test
    void refusalsAreToldInTheirOwnWords() {
        assertThat(Complaint.of(new CommandFailure("say which"))).containsExactly("say which");
        assertThat(Complaint.of(new OverlayRefusedException("platforms never merge")))
                .containsExactly("platforms never merge");
    }

    @Test
    void aBugHasNoWords() {
        assertThat(Complaint.of(new NullPointerException("x"))).isEmpty();
        assertThat(Complaint.of(new ExecutionException(new IllegalStateException("x"))))
                .isEmpty();
    }
}
