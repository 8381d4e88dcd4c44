package org.sipring.app.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What is read of a test class. */
final class TestSourceTest {
    // One line each, as the formatter writes them.
    private static final Pattern MARK =
            Pattern.compile("(?m)^\\s+@(?:Test|ParameterizedTest|RepeatedTest|TestFactory)(?:\\(.*)?$");

    @Test
    void everyTestOfEveryClassIsRead() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (Path file : Document.files("Test.java")) {
            long marks = MARK.matcher(Files.readString(file)).results().count();
            int read = TestSource.read(file).tests().size();
            if (marks != read) {
                wrong.add(file + ": " + read + " of " + marks);
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void bracesInAnnotationsAndStringsHideNoTest() {
        TestSource source = of(
                "final class SomeTest {",
                " @ParameterizedTest",
                " @CsvSource({\"a;b, {\", \"c)\"})",
                " @Tag(\"long\")",
                " void first(String one, String two) { said(\"@Test void no() \\\" {\"); }",
                " @Test",
                " void second() { said('\"'); said(\"\"\"",
                "  } @Test void no() \"{\" \"\"\"); // @Test void no()",
                " }",
                " @ParameterizedTest(name = \"{0}\") @ValueSource(chars = {'\"', '\\'', '('})",
                " void third(char some) {}",
                " @TestFactory Stream<DynamicTest> fourth() { return null; }",
                "}");
        assertThat(source.tests())
                .extracting(TestSource.Test::name)
                .containsExactly("first", "second", "third", "fourth");
    }

    @Test
    void aCommentBelongsToTheTestBelowIt() {
        TestSource source = of(
                "package some; // not this",
                "import some.*;",
                "/**",
                " * RFC 3261 section 7,",
                " * and more.",
                " */",
                "@Timeout(20)",
                "final class SomeTest {",
                " /** RFC 3261 section 7.5. */",
                " @Test",
                " void first() {",
                "  // not this",
                " }",
                "",
                " // Section 7.3,",
                " // twice.",
                " @ParameterizedTest @CsvSource({\"// not this\"})",
                " void second() {}",
                " @Test",
                " void third() {}",
                "}");
        assertThat(source.doc()).isEqualTo("RFC 3261 section 7, and more.");
        assertThat(source.tests())
                .extracting(TestSource.Test::comment)
                .containsExactly("RFC 3261 section 7.5.", "Section 7.3, twice.", "");
    }

    // No text block: its lines would look like tests of this class.
    private static TestSource of(String... lines) {
        return TestSource.of(String.join("\n", lines));
    }
}
