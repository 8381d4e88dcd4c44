package org.sipring.store.mirror;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sipring.api.NodeId;

/**
 * Follows one server until that fails: copies all it has where that is needed, then takes up change after change. One question
 * is under way at a time; what is not answered is asked once more, for a message may be lost. Lives in the mirror's room.
 */
final class Session {
    private final NodeId server;
    private final Wire wire;
    private final Home home;
    private @Nullable Copy copy;
    private List<Waiting.Waiter> covers = List.of();
    private boolean follows;
    private boolean ended;

    /** The mirror, as a session sees it. */
    interface Home {
        /** How far it has come. */
        Mark mark();

        /** Whether it has something to lose: then a copy must not be older than what is there. */
        boolean isReadable();

        /** Those who wait for what they were told is written. */
        List<Waiting.Waiter> waiting();

        /** What has changed since {@link #mark}. */
        void take(Reply.Changes changes);

        /** Everything. */
        void take(Copy copy);

        /** The server does not do what it is to do; this session has ended. */
        void lost(Session session, String why);
    }

    Session(NodeId server, Wire wire, Home home) {
        this.server = server;
        this.wire = wire;
        this.home = home;
    }

    NodeId server() {
        return server;
    }

    /** Whether the mirror is as its server is, but for changes of this moment. */
    boolean follows() {
        return follows;
    }

    void begin() {
        ask(new Question.Since(home.mark(), false));
    }

    void end() {
        ended = true;
    }

    private void ask(Question question) {
        var unused = wire.ask(server, question)
                .whenComplete((reply, failure) -> ifGoingOn(() -> {
                    if (failure == null) {
                        take(reply);
                    } else {
                        askOnceMore(question.now());
                    }
                }));
    }

    private void askOnceMore(Question question) {
        var unused = wire.ask(server, question)
                .whenComplete((reply, failure) -> ifGoingOn(() -> {
                    if (failure == null) {
                        take(reply);
                    } else {
                        lose(String.valueOf(failure.getMessage()));
                    }
                }));
    }

    private void ifGoingOn(Runnable next) {
        if (!ended) {
            next.run();
        }
    }

    private void lose(String why) {
        end();
        home.lost(this, why);
    }

    private void take(Reply reply) {
        if (reply instanceof Reply.Changes changes) {
            take(changes);
        } else if (reply instanceof Reply.Page page && copy != null) {
            copy.take(page);
            ask(new Question.Since(copy.mark(), false));
        } else if (reply instanceof Reply.Anew anew) {
            copyAnew(anew.mark());
        } else if (reply instanceof Reply.Settled settled) {
            copy(settled.mark());
        } else {
            lose(reply instanceof Reply.Refused refused ? refused.why() : "an answer to no question: " + reply);
        }
    }

    // Another server may be behind the one before it. What it has, once it has caught up, nobody has seen newer.
    private void copyAnew(Mark mark) {
        follows = false;
        copy = null;
        if (home.isReadable()) {
            covers = home.waiting();
            ask(new Question.Settle());
        } else {
            covers = List.of();
            copy(mark);
        }
    }

    private void copy(Mark mark) {
        Copy begun = new Copy(mark, covers);
        copy = begun;
        ask(begun.nextPage());
    }

    private void take(Reply.Changes changes) {
        Copy under = copy;
        Mark since = under == null ? home.mark() : under.mark();
        boolean expected = under != null || home.isReadable();
        if (!expected || !changes.mark().reaches(since)) {
            lose("changes of another run");
        } else if (under == null) {
            home.take(changes);
            follow();
        } else {
            take(changes, under);
        }
    }

    private void take(Reply.Changes changes, Copy under) {
        under.take(changes);
        if (under.isWhole()) {
            copy = null;
            home.take(under);
            follow();
        } else {
            ask(under.nextPage());
        }
    }

    private void follow() {
        follows = true;
        ask(new Question.Since(home.mark(), true));
    }
}
