package org.sipring.app.account;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.IntConsumer;
import org.sipring.app.process.CommandFailure;
import org.sipring.provisioning.bulk.BulkFormat;
import org.sipring.provisioning.bulk.Row;
import org.sipring.provisioning.bulk.UnreadableException;

/**
 * Sends many accounts in parts that are small enough for any node, as JSON documents, whatever they were written in. Used by one thread, once.
 */
public final class AccountsImport {
    private static final int PART_ROWS = 1000;
    // The API takes 2 MiB; an account is small, but nothing keeps a row from being long.
    private static final int PART_BYTES = 1 << 20;
    private static final int MOST_REFUSALS = 100;
    private static final String LINE = "line";
    private static final String REFUSALS = "refusals";

    private final String domain;
    private final Api api;
    private final IntConsumer progress;
    private final ObjectNode sum = JsonNodeFactory.instance.objectNode();
    private final ArrayNode refusals = sum.putArray(REFUSALS);
    private final StringBuilder documents = new StringBuilder();
    // Where each row of the part stands in the file.
    private final List<Integer> lines = new ArrayList<>();
    private int sent;

    /** Who takes a part. */
    @FunctionalInterface
    public interface Api {
        /**
         * Takes it.
         *
         * @param rows JSON documents, one a line
         * @return the report
         * @throws IOException when the answer is no document
         */
        JsonNode take(byte[] rows) throws IOException;
    }

    /**
     * Sends nothing yet.
     *
     * @param domain whose users they are
     * @param api takes the parts, one after the other
     * @param progress hears after each part how many rows have been taken
     */
    public AccountsImport(String domain, Api api, IntConsumer progress) {
        this.domain = domain;
        this.api = api;
        this.progress = progress;
    }

    /**
     * Sends all of it, after it was read to its end once: what cannot be read changes nothing.
     *
     * @param format what the text is written in
     * @param text all accounts
     * @return the report of all parts
     * @throws CommandFailure when it cannot be read, or the platform refuses
     */
    public JsonNode run(BulkFormat format, String text) {
        try {
            format.read(text, row -> {});
            Set<String> ignored = format.read(text, this::add);
            if (!lines.isEmpty() || sent == 0) {
                send();
            }
            ignored.stream().sorted().forEach(sum.putArray("ignoredColumns")::add);
            return sum;
        } catch (UnreadableException malformed) {
            throw new CommandFailure(malformed.getMessage() + "; nothing was changed");
        }
    }

    private void add(Row row) {
        documents.append(document(row)).append('\n');
        lines.add(row.line());
        if (lines.size() == PART_ROWS || documents.length() >= PART_BYTES) {
            send();
        }
    }

    private ObjectNode document(Row row) {
        String place = row.domain().isEmpty() ? domain : row.domain();
        return row.form().put("address", row.user() + '@' + place);
    }

    private void send() {
        try {
            sum(api.take(documents.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (CommandFailure | IOException failure) {
            throw new CommandFailure(
                    failure.getMessage() + (sent == 0 ? "" : "; the " + sent + " rows before were taken"));
        }
        sent += lines.size();
        documents.setLength(0);
        lines.clear();
        progress.accept(sent);
    }

    private void sum(JsonNode report) {
        report.properties().forEach(count -> {
            if (count.getValue().isInt()) {
                sum.put(
                        count.getKey(),
                        sum.path(count.getKey()).asInt() + count.getValue().asInt());
            }
        });
        for (JsonNode refusal : report.path(REFUSALS)) {
            if (refusals.size() < MOST_REFUSALS) {
                int row = refusal.path(LINE).asInt();
                refusals.add(refusal.<ObjectNode>deepCopy().put(LINE, lines.get(row - 1)));
            }
        }
    }
}
