package org.sipring.app.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sipring.api.Meter;
import org.sipring.api.NodeId;
import org.sipring.proxy.records.CallRecord;
import org.sipring.testkit.SimTime;

final class RecordFileTest {
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir
    private Path folder = Path.of("");

    private final SimTime time = new SimTime();
    private int lost;

    private final Meter meter = new Meter() {
        @Override
        public Runnable counter(String name, String help, String... labels) {
            return () -> lost++;
        }

        @Override
        public void gauge(String name, String help, DoubleSupplier value, String... labels) {}
    };

    private RecordFile file(int bytes, int files) {
        RecordFile file = new RecordFile(folder.resolve("records"), bytes, files, time.ticker(), meter);
        file.start();
        return file;
    }

    private static CallRecord record(String callId, CallRecord.Forward... forwards) {
        return new CallRecord(
                CallRecord.State.OVER,
                new CallRecord.Dialog(callId, "a1", "b2"),
                new CallRecord.Caller("alice@sipring.test", true),
                "sip:bob@sipring.test",
                new CallRecord.Times(
                        Optional.of(START), Optional.of(START.plusSeconds(5)), Optional.of(START.plusMillis(65_250))),
                new CallRecord.Outcome(200, Optional.of("Q.850;cause=16"), CallRecord.Ending.CALLER),
                List.of(forwards),
                List.of(new NodeId("n1"), new NodeId("n2")));
    }

    private void pass() {
        time.advance(Duration.ofSeconds(2));
    }

    private List<String> calls() throws IOException {
        List<String> calls = new ArrayList<>();
        for (Path file : names()) {
            for (String line : Files.readAllLines(file)) {
                calls.add(new ObjectMapper().readTree(line).path("call-id").asText());
            }
        }
        return calls;
    }

    private List<Path> names() throws IOException {
        try (Stream<Path> all = Files.list(folder.resolve("records"))) {
            return all.sorted().toList();
        }
    }

    private Path current() {
        return folder.resolve("records/calls.jsonl");
    }

    @Test
    void aRecordIsALineThatSaysAll() throws Exception {
        file(1 << 20, 2).take(record("call-1"));
        pass();
        assertThat(Files.readString(current()))
                .isEqualTo("{\"v\":1,\"state\":\"over\",\"call-id\":\"call-1\",\"from-tag\":\"a1\",\"to-tag\":\"b2\","
                        + "\"caller\":\"alice@sipring.test\",\"proved\":true,\"callee\":\"sip:bob@sipring.test\","
                        + "\"start\":\"2026-03-01T12:00:00Z\",\"answer\":\"2026-03-01T12:00:05Z\",\"status\":200,"
                        + "\"end\":\"2026-03-01T12:01:05.250Z\",\"reason\":\"Q.850;cause=16\",\"ended-by\":\"caller\","
                        + "\"nodes\":[\"n1\",\"n2\"]}\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(current())))
                .isEqualTo("rw-------");
    }

    @Test
    void aForwardedCallSaysWhoForwardedItAndWhoPays() throws Exception {
        file(1 << 20, 2)
                .take(record(
                        "call-1",
                        new CallRecord.Forward("bob@sipring.test", "sip:carol@sipring.test", 302),
                        new CallRecord.Forward("carol@sipring.test", "sip:+3120123@sipring.test", 486)));
        pass();
        assertThat(Files.readString(current()))
                .contains("\"callee\":\"sip:bob@sipring.test\",\"forwarded\":["
                        + "{\"by\":\"bob@sipring.test\",\"to\":\"sip:carol@sipring.test\",\"cause\":302},"
                        + "{\"by\":\"carol@sipring.test\",\"to\":\"sip:+3120123@sipring.test\",\"cause\":486}],"
                        + "\"payer\":\"carol@sipring.test\",\"start\":");
    }

    @Test
    void wordsOfStrangersMakeNoSecondLine() throws Exception {
        file(1 << 20, 2).take(record("call\r\n{\"v\":1}\u001b" + "x".repeat(70_000)));
        pass();
        List<String> lines = Files.readAllLines(current());
        assertThat(lines).singleElement().asString().hasSizeLessThan(1_000).matches("[ -~]*");
        JsonNode read = new ObjectMapper().readTree(lines.get(0));
        assertThat(read.path("call-id").asText()).startsWith("call\r\n{\"v\":1}\u001bxxx");
    }

    @Test
    void whatWaitsIsWrittenWhenTheNodeStops() throws Exception {
        RecordFile file = file(1 << 20, 2);
        pass();
        file.take(record("last"));
        file.flush();
        assertThat(calls()).containsExactly("last");
    }

    @Test
    void aFullFileGetsANameOfItsOwnAndTheOldestIsDeleted() throws Exception {
        RecordFile file = file(1_000, 2);
        for (int i = 0; i < 12; i++) {
            file.take(record("call-" + i));
            pass();
        }
        assertThat(names()).hasSize(3);
        List<String> calls = calls();
        assertThat(calls).hasSizeBetween(6, 9).last().isEqualTo("call-11");
        assertThat(calls)
                .isSubsetOf(Stream.iterate(0, i -> i + 1)
                        .limit(12)
                        .map(i -> "call-" + i)
                        .toList());
        assertThat(lost).isZero();
    }

    @Test
    void aLineThatAPowerCutLeftHalfIsOverwritten() throws Exception {
        file(1 << 20, 2).take(record("whole"));
        pass();
        Files.writeString(current(), "{\"v\":1,\"sta", StandardOpenOption.APPEND);
        file(1 << 20, 2).take(record("next"));
        pass();
        assertThat(calls()).containsExactly("whole", "next");
    }

    @Test
    void whatTheDiskDoesNotTakeIsCounted() throws Exception {
        Files.writeString(folder.resolve("records"), "no folder");
        RecordFile file = file(1 << 20, 2);
        file.take(record("one"));
        file.take(record("two"));
        pass();
        assertThat(lost).isEqualTo(2);
    }

    @Test
    void nothingIsWrittenWhereNothingIsWanted() throws Exception {
        file(1 << 20, 0).take(record("one"));
        pass();
        assertThat(folder.resolve("records")).doesNotExist();
    }
}
