package org.sipring.overlay;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.sipring.api.Member;
import org.sipring.api.NodeId;
import org.sipring.api.Ticker;
import org.sipring.api.View;
import org.sipring.overlay.message.Post;

/**
 * How long ago the platform was formed: by its first node of all, or anew by a majority after all had ended. Who formed it
 * knows; others ask the members, the oldest first, and know it then, too. Measured by monotonic time, so that no clock counts.
 * Callable from any thread.
 */
final class Age {
    private static final String SUBJECT = "overlay.age";
    private static final Duration LIMIT = Duration.ofSeconds(1);

    private final Ticker room;
    private final Post post;
    private volatile @Nullable Long formed;

    Age(Ticker room, Post post) {
        this.room = room;
        this.post = post;
        post.handle(SUBJECT, (from, question) -> CompletableFuture.completedFuture(encode(known())));
    }

    /** A new membership begins. */
    void begin(boolean forming) {
        formed = forming ? room.nanos() : null;
    }

    /** The age now; empty where no member that answers knows it, as of an earlier release. */
    CompletionStage<Optional<Duration>> now(View view) {
        Optional<Duration> known = known();
        if (known.isPresent()) {
            return CompletableFuture.completedFuture(known);
        }
        List<NodeId> oldestFirst = view.members().stream()
                .sorted(Comparator.comparingLong(Member::rank))
                .map(Member::id)
                .toList();
        return ask(oldestFirst.iterator());
    }

    private CompletionStage<Optional<Duration>> ask(Iterator<NodeId> members) {
        if (!members.hasNext()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        return post.request(members.next(), SUBJECT, new byte[0], LIMIT)
                .thenApply(Age::decode)
                .exceptionally(silent -> Optional.empty())
                .thenCompose(age -> age.isPresent() ? learn(age.get()) : ask(members));
    }

    private CompletionStage<Optional<Duration>> learn(Duration age) {
        formed = room.nanos() - age.toNanos();
        return CompletableFuture.completedFuture(Optional.of(age));
    }

    private Optional<Duration> known() {
        return Optional.ofNullable(formed).map(then -> Duration.ofNanos(room.nanos() - then));
    }

    private static byte[] encode(Optional<Duration> age) {
        return age.map(known -> ByteBuffer.allocate(Long.BYTES)
                        .putLong(known.toMillis())
                        .array())
                .orElse(new byte[0]);
    }

    private static Optional<Duration> decode(byte[] answer) {
        return answer.length < Long.BYTES
                ? Optional.empty()
                : Optional.of(Duration.ofMillis(ByteBuffer.wrap(answer).getLong()));
    }
}
