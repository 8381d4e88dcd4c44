package org.sipring.overlay.message;

import com.hazelcast.cluster.Address;
import com.hazelcast.config.Config;
import com.hazelcast.spi.impl.NodeEngine;
import com.hazelcast.spi.impl.operationservice.OperationService;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.sipring.api.NodeId;
import org.sipring.api.Overlay;
import org.sipring.api.Ticker;
import org.sipring.overlay.member.OverlayMember;
import org.sipring.overlay.message.MessageFailedException.Kind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends and receives messages. Callable from any thread; handlers and completions run in the room.
 *
 * <p>The sender of a message is who its connection's certificate names. What it may make this node hold is bounded: the
 * size of a message, and the number of its requests that wait for an answer.
 */
public final class Post {
    /** The most bytes a message takes. */
    public static final int BODY_LIMIT = 1 << 20;

    private static final int SUBJECT_LIMIT = 128;
    private static final int OPEN_REQUESTS = 4_096;
    private static final String SERVICE = "sipring.post";
    private static final Logger LOG = LoggerFactory.getLogger(Post.class);

    private final Ticker room;
    private final Function<NodeId, Optional<Address>> addresses;
    private final Map<String, Overlay.Handler> handlers = new ConcurrentHashMap<>();
    private final Map<NodeId, Integer> open = new ConcurrentHashMap<>();
    private volatile @Nullable OverlayMember member;

    /**
     * A post without a member.
     *
     * @param room where handlers run
     * @param addresses finds a member by name
     */
    public Post(Ticker room, Function<NodeId, Optional<Address>> addresses) {
        this.room = room;
        this.addresses = addresses;
    }

    /**
     * Teaches an instance to carry messages.
     *
     * @param config of an instance that has not started
     */
    public void configure(Config config) {
        config.getUserContext().put(Post.class.getName(), this);
        config.getSerializationConfig()
                .addDataSerializableFactory(CarryOperation.FACTORY, type -> new CarryOperation());
    }

    /**
     * Begins to send.
     *
     * @param started runs the instance that was configured here
     */
    public void attach(OverlayMember started) {
        member = started;
    }

    /**
     * Registers a handler.
     *
     * @param subject what it answers
     * @param handler runs in the room
     * @throws IllegalStateException when the subject has one
     */
    public void handle(String subject, Overlay.Handler handler) {
        if (handlers.putIfAbsent(subject, handler) != null) {
            throw new IllegalStateException("subject " + subject + " has a handler already");
        }
    }

    /**
     * Sends and forgets.
     *
     * @param to the receiver
     * @param subject what it is about
     * @param body at most {@link #BODY_LIMIT} bytes
     */
    public void send(NodeId to, String subject, byte[] body) {
        check(subject, body);
        OverlayMember sender = member;
        Optional<Address> address = addresses.apply(to);
        if (sender == null || address.isEmpty()) {
            return;
        }
        NodeEngine engine = sender.engine();
        if (address.get().equals(engine.getThisAddress())) {
            room.execute(() -> {
                var unused = deliver(sender.self(), subject, body);
            });
            return;
        }
        engine.getOperationService().send(new CarryOperation(subject, body, false), address.get());
    }

    /**
     * Sends and waits for the answer.
     *
     * @param to the receiver
     * @param subject what it is about
     * @param body at most {@link #BODY_LIMIT} bytes
     * @param limit how long to wait
     * @return the answer, or a {@link MessageFailedException}; completes in the room
     */
    public CompletionStage<byte[]> request(NodeId to, String subject, byte[] body, Duration limit) {
        check(subject, body);
        CompletableFuture<byte[]> answer = new CompletableFuture<>();
        OverlayMember sender = member;
        Optional<Address> address = addresses.apply(to);
        room.execute(() -> {
            if (sender == null || address.isEmpty()) {
                answer.completeExceptionally(new MessageFailedException(Kind.GONE, to + " is not a member"));
                return;
            }
            Ticker.Timer timer = room.after(
                    limit,
                    () -> answer.completeExceptionally(new MessageFailedException(
                            Kind.SILENT, to + " did not answer about " + subject + " within " + limit)));
            var unusedTimer = answer.whenComplete((bytes, failure) -> timer.cancel());
            var unused = ask(sender.engine(), address.get(), new CarryOperation(subject, body, true), limit)
                    .whenComplete((bytes, failure) -> room.execute(() -> settle(answer, to, bytes, failure)));
        });
        return answer;
    }

    /** Called by Hazelcast on an operation thread. */
    void receive(CarryOperation message) {
        OverlayMember receiver = member;
        Optional<NodeId> from = receiver == null ? Optional.empty() : receiver.sender(message.from());
        if (from.isEmpty()) {
            message.answer(Reply.failure(Kind.GONE, "the node has not joined, or the connection is gone"));
        } else if (open.merge(from.get(), 1, Integer::sum) > OPEN_REQUESTS) {
            close(from.get());
            message.answer(Reply.failure(Kind.BUSY, "more than " + OPEN_REQUESTS + " requests wait for an answer"));
        } else {
            room.execute(() -> {
                var unused = deliver(from.get(), message.subject(), message.body())
                        .whenComplete((reply, failure) -> {
                            close(from.get());
                            message.answer(failure == null ? reply : failed(message.subject(), failure));
                        });
            });
        }
    }

    private void close(NodeId from) {
        open.computeIfPresent(from, (node, count) -> count == 1 ? null : count - 1);
    }

    private CompletionStage<Reply> deliver(NodeId from, String subject, byte[] body) {
        Overlay.Handler handler = handlers.get(subject);
        if (handler == null) {
            return CompletableFuture.completedFuture(
                    Reply.failure(Kind.NO_HANDLER, "there is no handler for " + subject));
        }
        try {
            return handler.answer(from, body).thenApply(Reply::answer);
        } catch (RuntimeException e) {
            return CompletableFuture.completedFuture(failed(subject, e));
        }
    }

    private static Reply failed(String subject, Throwable failure) {
        LOG.warn("the handler of {} failed", subject, failure);
        return Reply.failure(Kind.FAILED, String.valueOf(failure.getMessage()));
    }

    private static CompletionStage<byte[]> ask(
            NodeEngine engine, Address address, CarryOperation message, Duration limit) {
        OperationService operations = engine.getOperationService();
        try {
            return operations
                    .createInvocationBuilder(SERVICE, message, address)
                    .setCallTimeout(Math.max(1, limit.toMillis()))
                    .setTryCount(1)
                    .invoke();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static void settle(
            CompletableFuture<byte[]> answer, NodeId to, byte @Nullable [] bytes, @Nullable Throwable failure) {
        if (bytes == null) {
            answer.completeExceptionally(new MessageFailedException(Kind.GONE, to + " is lost: " + failure));
            return;
        }
        try {
            answer.complete(Reply.parse(bytes).orThrow());
        } catch (MessageFailedException e) {
            answer.completeExceptionally(e);
        }
    }

    private static void check(String subject, byte[] body) {
        if (body.length > BODY_LIMIT || subject.length() > SUBJECT_LIMIT) {
            throw new IllegalArgumentException("a message of " + body.length + " bytes about " + subject + ": at most "
                    + BODY_LIMIT + " bytes, and " + SUBJECT_LIMIT + " characters of subject");
        }
    }
}
