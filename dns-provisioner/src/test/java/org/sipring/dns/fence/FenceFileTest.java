package org.sipring.dns.fence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sipring.dns.fence.FenceMemory.Mark;

/** The epoch survives a restart. */
class FenceFileTest {
    @TempDir
    private Path folder;

    @Test
    void whatIsRememberedIsRecalledByTheNextProcess() {
        assertThat(memory().recall()).isEqualTo(Mark.NONE);
        memory().remember(new Mark(3, 44));
        memory().remember(new Mark(3, 45));
        assertThat(memory().recall()).isEqualTo(new Mark(3, 45));
    }

    @Test
    void aBrokenFileIsNoReasonToStop() throws IOException {
        Files.writeString(folder.resolve("epoch"), "hello");
        assertThat(memory().recall()).isEqualTo(Mark.NONE);
    }

    private FenceMemory memory() {
        return new FenceFile(folder.resolve("epoch"));
    }
}
