package org.sipring.store.raft;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import org.apache.ratis.proto.RaftProtos.AppendEntriesRequestProto;
import org.apache.ratis.server.raftlog.RaftLog;
import org.apache.ratis.thirdparty.io.grpc.ForwardingServerCall;
import org.apache.ratis.thirdparty.io.grpc.ForwardingServerCallListener;
import org.apache.ratis.thirdparty.io.grpc.Metadata;
import org.apache.ratis.thirdparty.io.grpc.ServerCall;
import org.apache.ratis.thirdparty.io.grpc.ServerCallHandler;
import org.apache.ratis.thirdparty.io.grpc.ServerInterceptor;

/**
 * Takes no more of the log from a leader than this replica soon applies. Ratis 3.3.0 keeps in memory what a follower was sent until
 * it is applied, however much that is, and a leader sends all it has: a replica that was far behind ran out of memory. What is
 * not taken waits in the connection, by gRPC's flow control, and the leader with it. Callable from any thread.
 */
final class Pacing implements ServerInterceptor {
    /** Twice as much waits to be applied at most, and one message more. */
    static final int STEP_BYTES = 4 << 20;

    // Well before a follower misses its leader, and stands for election. A later message may also be the one that tells
    // that those before it may be applied.
    static final Duration LONGEST = Duration.ofMillis(400);

    private final LongFunction<CompletionStage<Void>> applied;
    private final Duration longest;

    /**
     * For one replica.
     *
     * @param applied completes when the log has been applied as far as an index
     * @param longest for how long a message waits at most
     */
    Pacing(LongFunction<CompletionStage<Void>> applied, Duration longest) {
        this.applied = applied;
        this.longest = longest;
    }

    @Override
    public <A, B> ServerCall.Listener<A> interceptCall(
            ServerCall<A, B> call, Metadata headers, ServerCallHandler<A, B> next) {
        Paced<A, B> paced = new Paced<>(call);
        return new ForwardingServerCallListener.SimpleForwardingServerCallListener<>(next.startCall(paced, headers)) {
            @Override
            public void onMessage(A message) {
                paced.takes(message);
                super.onMessage(message);
            }
        };
    }

    /** A call whose next message is asked for once what came in the step before this one is applied. */
    private final class Paced<A, B> extends ForwardingServerCall.SimpleForwardingServerCall<A, B> {
        private long bytes;
        private long last = RaftLog.INVALID_LOG_INDEX;
        private long before = RaftLog.INVALID_LOG_INDEX;

        Paced(ServerCall<A, B> call) {
            super(call);
        }

        // Heartbeats have a call of their own, and no entries.
        void takes(Object message) {
            if (message instanceof AppendEntriesRequestProto append && append.getEntriesCount() > 0) {
                bytes += append.getSerializedSize();
                last = append.getEntries(append.getEntriesCount() - 1).getIndex();
            }
        }

        // In the thread of the message before it.
        @Override
        public void request(int messages) {
            if (bytes < STEP_BYTES) {
                super.request(messages);
                return;
            }
            long until = before;
            before = last;
            bytes = 0;
            var unused = applied.apply(until)
                    .toCompletableFuture()
                    .completeOnTimeout(null, longest.toMillis(), TimeUnit.MILLISECONDS)
                    .whenComplete((done, failure) -> super.request(messages));
        }
    }
}
