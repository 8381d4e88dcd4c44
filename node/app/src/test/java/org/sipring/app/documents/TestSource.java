package org.sipring.app.documents;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The source of a test class: its tests, and what is said of them.
 *
 * @param doc the Javadoc of the class in one line, perhaps empty
 * @param tests its own tests, in order; not those that it inherits
 */
record TestSource(String doc, List<Test> tests) {
    // What may hold any bracket and means none: text blocks, strings, characters and comments.
    private static final Pattern OPAQUE = Pattern.compile("(?s)\"\"\"(?:[^\\\\\"]++|\\\\.|\"(?!\"\"))*+\"\"\""
            + "|\"(?:[^\\\\\"\\n]++|\\\\.)*+\"|'(?:[^\\\\'\\n]|\\\\[^\\n])+'|//[^\\n]*|/\\*.*?\\*/");
    private static final Pattern ARGUMENTS = Pattern.compile("@\\w+\\s*\\(");
    private static final Pattern CLASS = Pattern.compile("\\bclass\\s+\\w+");
    private static final Pattern TEST =
            Pattern.compile("@(?:Test|ParameterizedTest|RepeatedTest|TestFactory)\\b[^{};(]*?(\\w+)\\s*\\(");

    /**
     * A test method.
     *
     * @param name its name
     * @param comment what stands above it in Javadoc or behind {@code //}, in one line, perhaps empty
     */
    record Test(String name, String comment) {}

    static TestSource read(Path file) throws IOException {
        return of(Files.readString(file));
    }

    static TestSource of(String source) {
        List<MatchResult> comments = OPAQUE.matcher(source)
                .results()
                .filter(found -> found.group().startsWith("/"))
                .toList();
        String code = withoutArguments(OPAQUE.matcher(source).replaceAll(found -> blank(found.group())));
        String doc = CLASS.matcher(code)
                .results()
                .findFirst()
                .map(found -> above(found.start(), code, comments))
                .orElse("");
        List<Test> tests = TEST.matcher(code)
                .results()
                .map(found -> new Test(found.group(1), above(found.start(1), code, comments)))
                .toList();
        return new TestSource(doc, tests);
    }

    // Of the same length, so that a place in the code is the same place in the source.
    private static String blank(String text) {
        return text.replaceAll("[^\\n]", " ");
    }

    /** Code in which annotations say nothing but their names. */
    private static String withoutArguments(String code) {
        StringBuilder rest = new StringBuilder(code);
        for (Matcher annotation = ARGUMENTS.matcher(code); annotation.find(); ) {
            int end = closing(code, annotation.end());
            rest.replace(annotation.end() - 1, end, blank(code.substring(annotation.end() - 1, end)));
        }
        return rest.toString();
    }

    private static int closing(String code, int begin) {
        int open = 1;
        int at = begin;
        for (; open > 0; at++) {
            open += code.charAt(at) == '(' ? 1 : code.charAt(at) == ')' ? -1 : 0;
        }
        return at;
    }

    /** The comments between the end of what stands before a declaration and its name. */
    private static String above(int name, String code, List<MatchResult> comments) {
        int begin = name;
        while (begin > 0 && ";{}".indexOf(code.charAt(begin - 1)) < 0) {
            begin--;
        }
        int from = begin;
        return comments.stream()
                .filter(comment -> comment.start() >= from && comment.end() <= name)
                .map(comment ->
                        comment.group().replaceAll("^/\\*+|\\*+/$|^//", " ").replaceAll("\\n\\s*\\*?", " "))
                .collect(Collectors.joining(" "))
                .replaceAll("\\s+", " ")
                .strip();
    }
}
