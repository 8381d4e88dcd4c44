package org.sipring.bench;

import java.util.List;
import java.util.Locale;

/** Markdown that grows line by line. */
final class Page {
    private final StringBuilder text = new StringBuilder();

    void title(String words) {
        line("# " + words);
        line("");
    }

    void section(String words) {
        line("## " + words);
        line("");
    }

    void subsection(String words) {
        line("### " + words);
        line("");
    }

    /** Lines of text that belong together. */
    void paragraph(String... lines) {
        for (String line : lines) {
            line(line);
        }
        line("");
    }

    void list(List<String> items) {
        items.forEach(item -> line("* " + item));
        line("");
    }

    void table(List<String> head, List<List<String>> rows) {
        row(head);
        line("|" + "---|".repeat(head.size()));
        rows.forEach(this::row);
        line("");
    }

    private void row(List<String> cells) {
        line("| " + String.join(" | ", cells) + " |");
    }

    private void line(String words) {
        text.append(words).append('\n');
    }

    /** A number as readers want it; a question mark where there is none. */
    static String number(double value, int decimals) {
        return Double.isNaN(value) ? "?" : String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
