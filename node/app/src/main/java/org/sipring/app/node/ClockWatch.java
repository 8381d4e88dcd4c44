package org.sipring.app.node;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.sipring.api.Member;
import org.sipring.api.NodeId;
import org.sipring.api.Overlay;
import org.sipring.api.Ticker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares this node's clock with the other members' every ten seconds. A node that is in service stays there whatever
 * its clock does: with two nodes nobody knows which clock is right. Lives in one room; its answers come from any thread.
 */
final class ClockWatch {
    private static final Logger LOG = LoggerFactory.getLogger(ClockWatch.class);
    private static final String SUBJECT = "clock.now";
    private static final Duration EVERY = Duration.ofSeconds(10);
    private static final Duration LIMIT = Duration.ofSeconds(1);

    private final Overlay overlay;
    private final Ticker room;
    private final CompletableFuture<@Nullable Void> fit = new CompletableFuture<>();
    private volatile Duration behind = Duration.ZERO;

    /** A watch that does not look yet, but answers. */
    ClockWatch(Overlay overlay, Ticker room) {
        this.overlay = overlay;
        this.room = room;
        overlay.handle(SUBJECT, (from, question) -> CompletableFuture.completedFuture(encode(room.now())));
    }

    /**
     * Begins to look.
     *
     * @return completes when the clock is first found good enough for service
     */
    CompletionStage<@Nullable Void> start() {
        room.execute(this::compare);
        return fit;
    }

    /** How far this node's clock is behind the others'; negative when it is ahead. */
    Duration behind() {
        return behind;
    }

    /** What the operator should know. */
    List<String> alarms() {
        Duration now = behind;
        return ClockRule.alarms(now) ? List.of(ClockRule.explain(now)) : List.of();
    }

    private void compare() {
        List<CompletableFuture<@Nullable Duration>> others = overlay.view().members().stream()
                .map(Member::id)
                .filter(node -> !node.equals(overlay.self()))
                .map(this::ask)
                .toList();
        var unused = CompletableFuture.allOf(others.toArray(new CompletableFuture<?>[0]))
                .thenRun(() -> room.execute(() -> judge(others.stream()
                        .map(CompletableFuture::join)
                        .filter(Objects::nonNull)
                        .toList())));
        room.after(EVERY, this::compare);
    }

    /** The other's clock minus the own; null from one that does not answer. */
    private CompletableFuture<@Nullable Duration> ask(NodeId node) {
        long asked = room.nanos();
        return overlay.request(node, SUBJECT, new byte[0], LIMIT)
                .<@Nullable Duration>thenApply(answer -> {
                    Instant theirs = decode(answer).plusNanos((room.nanos() - asked) / 2);
                    return Duration.between(room.now(), theirs);
                })
                .exceptionally(silent -> null)
                .toCompletableFuture();
    }

    private void judge(List<Duration> others) {
        behind = ClockRule.behind(others);
        if (!ClockRule.refuses(behind)) {
            fit.complete(null);
        } else if (!fit.isDone()) {
            LOG.warn("not in service: {}", ClockRule.explain(behind));
        }
    }

    private static byte[] encode(Instant now) {
        return ByteBuffer.allocate(Long.BYTES).putLong(now.toEpochMilli()).array();
    }

    private static Instant decode(byte[] answer) {
        return Instant.ofEpochMilli(ByteBuffer.wrap(answer).getLong());
    }
}
