package org.sipring.app.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code docs/conformance.md} says what the tests say. {@code -Dsipring.write} writes it anew. */
final class ConformanceTest {
    private static final Path FILE = Document.ROOT.resolve("docs/conformance.md");

    @Test
    void theDocumentSaysWhatTheTestsSay() throws IOException {
        String wanted = Conformance.document();
        if (Boolean.getBoolean("sipring.write")) {
            Files.writeString(FILE, wanted);
        }
        assertThat(FILE)
                .as("write it anew: mvn -q -pl node/app -am test -Dtest=ConformanceTest"
                        + " -Dsurefire.failIfNoSpecifiedTests=false -Dsipring.write=true")
                .hasContent(wanted);
    }
}
