package org.sipring.store.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.ratis.proto.RaftProtos.AppendEntriesRequestProto;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.proto.RaftProtos.RaftRpcRequestProto;
import org.apache.ratis.proto.RaftProtos.StateMachineLogEntryProto;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.apache.ratis.thirdparty.io.grpc.Metadata;
import org.apache.ratis.thirdparty.io.grpc.MethodDescriptor;
import org.apache.ratis.thirdparty.io.grpc.ServerCall;
import org.apache.ratis.thirdparty.io.grpc.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** After each step a leader's next message waits until the step before is applied. */
@Timeout(20)
final class PacingTest {
    private final Map<Long, CompletableFuture<Void>> applied = new TreeMap<>();
    private final Stream stream = new Stream();
    private final ServerCall.Listener<AppendEntriesRequestProto> leader = leader(Duration.ofHours(1));

    private ServerCall.Listener<AppendEntriesRequestProto> leader(Duration longest) {
        return new Pacing(this::arrival, longest)
                .interceptCall(stream, new Metadata(), (call, headers) -> new Reader(call));
    }

    /** As Ratis' own: it asks for the next message when it has read one. */
    private static final class Reader extends ServerCall.Listener<AppendEntriesRequestProto> {
        private final ServerCall<AppendEntriesRequestProto, Void> call;

        Reader(ServerCall<AppendEntriesRequestProto, Void> call) {
            this.call = call;
        }

        @Override
        public void onMessage(AppendEntriesRequestProto message) {
            call.request(1);
        }
    }

    // What is before the log has been applied.
    private CompletableFuture<Void> arrival(long index) {
        return index < 0
                ? CompletableFuture.completedFuture(null)
                : applied.computeIfAbsent(index, place -> new CompletableFuture<>());
    }

    /** Counts the messages that are asked for. */
    private static final class Stream extends ServerCall<AppendEntriesRequestProto, Void> {
        private final AtomicInteger asked = new AtomicInteger();

        @Override
        public void request(int messages) {
            asked.addAndGet(messages);
        }

        @Override
        public void sendHeaders(Metadata headers) {}

        @Override
        public void sendMessage(Void message) {}

        @Override
        public void close(Status status, Metadata trailers) {}

        @Override
        public boolean isCancelled() {
            return false;
        }

        @Override
        public MethodDescriptor<AppendEntriesRequestProto, Void> getMethodDescriptor() {
            throw new UnsupportedOperationException();
        }
    }

    private static AppendEntriesRequestProto message(long index, int bytes) {
        StateMachineLogEntryProto command = StateMachineLogEntryProto.newBuilder()
                .setLogData(ByteString.copyFrom(new byte[bytes]))
                .build();
        return AppendEntriesRequestProto.newBuilder()
                .setServerRequest(RaftRpcRequestProto.getDefaultInstance())
                .addEntries(LogEntryProto.newBuilder().setIndex(index).setStateMachineLogEntry(command))
                .build();
    }

    @Test
    void smallChangesWaitForNothing() {
        for (int index = 0; index < 100; index++) {
            leader.onMessage(message(index, 100));
        }
        assertThat(stream.asked).hasValue(100);
        assertThat(applied).isEmpty();
    }

    @Test
    void heartbeatsNeither() {
        leader.onMessage(message(7, Pacing.STEP_BYTES));
        for (int beat = 0; beat < 100; beat++) {
            leader.onMessage(AppendEntriesRequestProto.getDefaultInstance());
        }
        assertThat(stream.asked).hasValue(101);
    }

    @Test
    void aStepWaitsForTheOneBefore() {
        leader.onMessage(message(7, Pacing.STEP_BYTES));
        assertThat(stream.asked).as("nothing was before").hasValue(1);
        leader.onMessage(message(8, Pacing.STEP_BYTES / 2));
        assertThat(stream.asked).hasValue(2);

        leader.onMessage(message(9, Pacing.STEP_BYTES / 2));
        assertThat(stream.asked).as("7 is not applied").hasValue(2);
        arrival(7).complete(null);
        assertThat(stream.asked).hasValue(3);

        leader.onMessage(message(10, Pacing.STEP_BYTES));
        assertThat(stream.asked).as("9 is not applied").hasValue(3);
        arrival(9).complete(null);
        assertThat(stream.asked).hasValue(4);
    }

    @Test
    void whatIsNotAppliedWaitsForALaterMessageThatTellsSo() throws InterruptedException {
        ServerCall.Listener<AppendEntriesRequestProto> another = leader(Duration.ofMillis(50));
        another.onMessage(message(7, Pacing.STEP_BYTES));
        another.onMessage(message(8, Pacing.STEP_BYTES));
        // The test's deadline is the limit.
        while (stream.asked.get() < 2) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }
}
