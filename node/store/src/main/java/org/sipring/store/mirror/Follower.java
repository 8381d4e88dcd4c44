package org.sipring.store.mirror;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.sipring.api.NodeId;
import org.sipring.api.View;
import org.sipring.store.watch.Watchers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a copy of the documents up to date by one server after the other. Lives in its room; read by any thread. */
final class Follower implements Session.Home {
    private static final Logger LOG = LoggerFactory.getLogger(Follower.class);
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final Wire wire;
    private final Sources sources;
    private final Watchers watchers;
    private final Waiting waiting = new Waiting();
    private Mark mark = Mark.NONE;
    private boolean follows;
    private @Nullable Session session;
    // None until it has been copied once.
    private volatile @Nullable Content content;

    Follower(Wire wire, Sources sources, Watchers watchers) {
        this.wire = wire;
        this.sources = sources;
        this.watchers = watchers;
    }

    /** What can be read; empty before the first whole copy. */
    Optional<Content> content() {
        return Optional.ofNullable(content);
    }

    void follow() {
        if (!follows) {
            follows = true;
            seek();
        }
    }

    void rest() {
        follows = false;
        leave();
        content = null;
        mark = Mark.NONE;
    }

    private void leave() {
        Session former = session;
        session = null;
        if (former != null) {
            former.end();
        }
    }

    private void seek() {
        if (!follows || session != null) {
            return;
        }
        Optional<NodeId> next = sources.next();
        if (next.isPresent()) {
            Session begun = new Session(next.get(), wire, this);
            session = begun;
            begun.begin();
        } else {
            wire.room().after(PAUSE, this::seek);
        }
    }

    /** Somebody may have left. */
    void see(View view) {
        Session now = session;
        if (now != null && view.member(now.server()).isEmpty()) {
            now.end();
            lost(now, "it has left");
        }
    }

    @Override
    public void lost(Session lost, String why) {
        if (session != lost) {
            return;
        }
        if (lost.follows()) {
            LOG.info("{} tells no changes of the store any more, another node is asked: {}", lost.server(), why);
        }
        sources.failed(lost.server());
        leave();
        seek();
    }

    @Override
    public Mark mark() {
        return mark;
    }

    @Override
    public boolean isReadable() {
        return content != null;
    }

    @Override
    public List<Waiting.Waiter> waiting() {
        return waiting.now();
    }

    @Override
    public void take(Reply.Changes changes) {
        Content here = content().orElseThrow();
        for (Change change : changes.changes()) {
            if (here.take(change)) {
                watchers.changed(change.key());
            }
        }
        come(changes.mark());
    }

    @Override
    public void take(Copy copy) {
        Content former = content;
        content = copy.content();
        if (former == null || !former.isAs(copy.content())) {
            watchers.replaced();
        }
        waiting.arrive(copy.covers());
        come(copy.mark());
        LOG.info("this node has a copy of the store and follows it");
    }

    private void come(Mark reached) {
        mark = reached;
        sources.worked();
        waiting.reached(reached);
    }

    /** Completes when the documents can be read as they were at a mark of the server that is followed. */
    CompletableFuture<Void> readable(Mark wanted) {
        CompletableFuture<Void> arrival = waiting.until(wanted);
        waiting.reached(mark);
        return arrival;
    }

    /** Whom to ask for a change: the server that is followed first, for what it answers can be read here soonest. */
    List<NodeId> servers() {
        List<NodeId> all = new ArrayList<>(sources.here());
        Optional.ofNullable(session).map(Session::server).filter(all::remove).ifPresent(first -> all.add(0, first));
        return all;
    }

    /** Completes when everything can be read here that anybody had been told of. One that cannot say is left for another. */
    CompletionStage<Void> catchUp() {
        Session now = session;
        if (now == null || !now.follows()) {
            return CompletableFuture.failedFuture(new IllegalStateException("this node follows no replica just now"));
        }
        return wire.ask(now.server(), new Question.Settle())
                .exceptionally(failure -> new Reply.Refused(String.valueOf(failure.getMessage())))
                .thenCompose(reply -> settled(now, reply));
    }

    private CompletionStage<Void> settled(Session asked, Reply reply) {
        if (reply instanceof Reply.Settled settled) {
            CompletableFuture<Void> arrival = readable(settled.mark());
            wire.room()
                    .after(Question.ROUND, () -> arrival.completeExceptionally(new IllegalStateException("too late")));
            return arrival;
        }
        String why = reply instanceof Reply.Refused refused ? refused.why() : "an answer to no question: " + reply;
        asked.end();
        lost(asked, why);
        return CompletableFuture.failedFuture(new IllegalStateException(why));
    }
}
