package org.sipring.store.mirror;

import java.util.List;
import java.util.Optional;
import org.sipring.store.command.Key;

/**
 * A copy of all documents of a server, in the making. It asks in turns for a page and for what has changed meanwhile: each
 * answer was read after the one before it had come, so what came last is newest, whether a document is removed, made anew or
 * changed while it is copied. Lives in the mirror's room.
 */
final class Copy {
    private final Content content = new Content();
    private final List<Waiting.Waiter> covers;
    private Mark mark;
    private Optional<Key> reached = Optional.empty();
    private boolean last;

    /**
     * An empty one.
     *
     * @param mark from where changes are taken up
     * @param covers those who wait for something that it will have
     */
    Copy(Mark mark, List<Waiting.Waiter> covers) {
        this.mark = mark;
        this.covers = covers;
    }

    void take(Reply.Page page) {
        page.documents().forEach(content::take);
        last = page.last();
        if (!last) {
            reached = Optional.of(
                    page.documents().get(page.documents().size() - 1).key());
        }
    }

    void take(Reply.Changes changes) {
        changes.changes().forEach(content::take);
        mark = changes.mark();
    }

    /** The page that is to be asked for next. */
    Question.Page nextPage() {
        return new Question.Page(mark.run(), reached);
    }

    /** Whether it has had the last page. */
    boolean isWhole() {
        return last;
    }

    Mark mark() {
        return mark;
    }

    Content content() {
        return content;
    }

    List<Waiting.Waiter> covers() {
        return covers;
    }
}
