package org.sipring.app.documents;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** One of the project's Markdown files, taken apart. Examples are lines indented by four, or words between backticks. */
record Document(Path path, String text) {
    static final Path ROOT = Path.of(System.getProperty("sipring.root"));

    private static final String BUILT_OR_HIDDEN = "target|node_modules|\\..+";
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)]+)\\)");
    private static final Pattern SPAN = Pattern.compile("`([^`]+)`");
    private static final Pattern INDENTED = Pattern.compile("(?m)^ {4}(\\S.*)$");

    /** Every Markdown file of the tree. */
    static List<Document> all() throws IOException {
        return files(".md").stream().map(Document::read).toList();
    }

    /** Every file of the tree whose name ends so, but for what was built or is hidden. */
    static List<Path> files(String ending) throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .filter(file -> StreamSupport.stream(ROOT.relativize(file).spliterator(), false)
                            .noneMatch(part -> part.toString().matches(BUILT_OR_HIDDEN)))
                    .toList();
        }
    }

    /** Targets of links within the project. */
    List<String> links() {
        return found(LINK, text).filter(link -> !link.contains("://")).toList();
    }

    /** What stands between backticks. */
    List<String> spans() {
        return found(SPAN, text).toList();
    }

    /** Lines of examples and what stands between backticks, without the comments behind them. */
    List<String> examples() {
        return Stream.concat(found(INDENTED, text), spans().stream())
                .map(line -> line.replaceFirst("\\s+#.*", "").strip())
                .toList();
    }

    /** The file that a link or a path in this document means. */
    Path resolve(String target) {
        return path.resolveSibling(target.replaceFirst("#.*", ""));
    }

    @Override
    public String toString() {
        return ROOT.relativize(path).toString();
    }

    private static Stream<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map((MatchResult result) -> result.group(1));
    }

    private static Document read(Path file) {
        try {
            return new Document(file, Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
