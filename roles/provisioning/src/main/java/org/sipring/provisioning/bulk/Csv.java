package org.sipring.provisioning.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.sipring.sip.digest.DigestAlgorithm;

/** Accounts as comma-separated values, the first line naming the columns. RFC 4180. Pure. */
final class Csv {
    private static final String LINE_END = "\r\n";

    private final String text;
    private int at;
    private int line = 1;

    private Csv(String text) {
        this.text = text;
    }

    static Set<String> read(String text, Consumer<Row> taker) throws UnreadableException {
        Csv csv = new Csv(text.startsWith("\ufeff") ? text.substring(1) : text);
        Columns columns = new Columns(csv.record());
        if (!columns.nameUsers()) {
            throw new UnreadableException(1, "the first line must name the columns, 'username' among them");
        }
        while (csv.at < csv.text.length()) {
            int begin = csv.line;
            List<String> values = csv.record();
            if (values.size() == columns.count()) {
                taker.accept(columns.row(begin, values));
            } else if (values.size() > 1 || !values.get(0).isBlank()) {
                throw new UnreadableException(
                        begin, values.size() + " values where the first line names " + columns.count());
            }
        }
        return columns.ignored();
    }

    private List<String> record() throws UnreadableException {
        List<String> values = new ArrayList<>();
        do {
            values.add(looksAt('"') ? quoted() : bare());
        } while (skip(','));
        boolean cr = skip('\r');
        if (!skip('\n') && !cr && at < text.length()) {
            throw new UnreadableException(line, "something follows the closing quotation mark");
        }
        line++;
        return values;
    }

    private boolean looksAt(char wanted) {
        return at < text.length() && text.charAt(at) == wanted;
    }

    private boolean skip(char wanted) {
        boolean there = looksAt(wanted);
        at += there ? 1 : 0;
        return there;
    }

    private String bare() {
        int begin = at;
        while (at < text.length() && ",\r\n".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return text.substring(begin, at);
    }

    private String quoted() throws UnreadableException {
        StringBuilder value = new StringBuilder();
        int begin = line;
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"' && !(at + 1 < text.length() && text.charAt(at + 1) == '"')) {
                at++;
                return value.toString();
            }
            at += c == '"' ? 1 : 0;
            line += c == '\n' ? 1 : 0;
            value.append(c);
        }
        throw new UnreadableException(begin, "a quotation mark is not closed");
    }

    static String header() {
        return String.join(",", Columns.written()) + LINE_END;
    }

    /** An account as its document shows it. */
    static String write(JsonNode account) {
        return Columns.written().stream()
                        .map(column -> quote(value(account, column)))
                        .collect(Collectors.joining(","))
                + LINE_END;
    }

    private static String value(JsonNode account, String column) {
        String address = account.path("address").asText();
        int sign = address.lastIndexOf('@');
        for (DigestAlgorithm algorithm : DigestAlgorithm.values()) {
            if (column.equals(Columns.HASHES.get(algorithm))) {
                return account.path("ha1").path(algorithm.token()).asText();
            }
        }
        return switch (column) {
            case Columns.USER -> address.substring(0, sign);
            case Columns.DOMAIN -> address.substring(sign + 1);
            case Columns.DO_NOT_DISTURB -> account.path("doNotDisturb").asText();
            case Columns.ALIASES, Columns.BLOCKED -> list(account.path(column));
            case Columns.PATIENCE -> account.path("forwarding").path("patience").asText();
            default ->
                Columns.FORWARDING.containsKey(column)
                        ? account.path("forwarding")
                                .path(Columns.FORWARDING.get(column))
                                .asText()
                        : account.path(column).asText();
        };
    }

    private static String list(JsonNode texts) {
        return StreamSupport.stream(texts.spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.joining(" "));
    }

    private static String quote(String value) {
        boolean plain = value.chars().noneMatch(c -> ",\"\r\n".indexOf(c) >= 0);
        return plain ? value : '"' + value.replace("\"", "\"\"") + '"';
    }
}
