package org.sipring.app.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sipring.app.process.CommandFailure;
import org.sipring.provisioning.bulk.BulkFormat;

final class AccountsImportTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<String> parts = new ArrayList<>();
    private final List<Integer> told = new ArrayList<>();

    // Refuses the users named 'bad', and a part that has one named 'full'.
    private JsonNode take(byte[] rows) {
        String part = new String(rows, StandardCharsets.UTF_8);
        if (part.contains("\"full@")) {
            throw new CommandFailure("no room");
        }
        parts.add(part);
        ObjectNode report = JSON.createObjectNode();
        List<String> lines = part.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).contains("\"bad@")) {
                report.withArray("refusals").addObject().put("line", i + 1).put("user", "bad");
            }
        }
        int refused = report.path("refusals").size();
        return report.put("created", lines.size() - refused).put("refused", refused);
    }

    private JsonNode send(BulkFormat format, String text) {
        return new AccountsImport("sipring.test", this::take, told::add).run(format, text);
    }

    private static String table(int rows, String last) {
        return IntStream.range(0, rows)
                .mapToObj(row -> "u" + row + ",x\n")
                .collect(Collectors.joining("", "username,colour\n", last + ",x\n"));
    }

    @Test
    void manyRowsGoInPartsWhoseReportsAreSummed() {
        JsonNode report = send(BulkFormat.CSV, table(2_500, "bad"));
        assertThat(parts).hasSize(3);
        assertThat(parts.get(1).lines()).hasSize(1_000);
        assertThat(told).containsExactly(1_000, 2_000, 2_501);
        assertThat(report.path("created").asInt()).isEqualTo(2_500);
        assertThat(report.path("refused").asInt()).isEqualTo(1);
        assertThat(report.path("refusals").path(0).path("line").asInt())
                .as("where it stands in the file")
                .isEqualTo(2_502);
        assertThat(report.path("ignoredColumns").path(0).asText()).isEqualTo("colour");
    }

    @Test
    void longRowsMakeSmallerParts() {
        String name = "n".repeat(300_000);
        send(BulkFormat.JSON_LINES, ("{\"address\": \"a\", \"name\": \"" + name + "\"}\n").repeat(5));
        assertThat(parts).hasSize(2);
    }

    @Test
    void aRowSaysWhereItsUserIs() {
        send(BulkFormat.CSV, "username,domain\nann,\nben,example.test\na@b,\n,\n");
        assertThat(String.join("", parts).lines())
                .containsExactly(
                        "{\"address\":\"ann@sipring.test\"}",
                        "{\"address\":\"ben@example.test\"}",
                        "{\"address\":\"a@b@sipring.test\"}",
                        "{\"address\":\"@sipring.test\"}");
    }

    @Test
    void whatCannotBeReadToItsEndChangesNothing() {
        assertThatThrownBy(() -> send(BulkFormat.CSV, table(2_500, "\"open")))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("line 2502")
                .hasMessageContaining("nothing was changed");
        assertThat(parts).isEmpty();
    }

    @Test
    void whereItFailsHalfwayItSaysWhatWasTaken() {
        assertThatThrownBy(() -> send(BulkFormat.CSV, table(1_500, "full")))
                .isInstanceOf(CommandFailure.class)
                .hasMessage("no room; the 1000 rows before were taken");
        assertThatThrownBy(() -> send(BulkFormat.CSV, "username\nfull\n")).hasMessage("no room");
    }

    @Test
    void aFileWithoutRowsIsSentToo() {
        assertThat(send(BulkFormat.CSV, "username\n").path("created").asInt()).isZero();
        assertThat(parts).containsExactly("");
    }
}
