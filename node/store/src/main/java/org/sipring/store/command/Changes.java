package org.sipring.store.command;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.sipring.api.Chance;
import org.sipring.api.LargeName;
import org.sipring.api.LargeValues;
import org.sipring.store.large.Manifest;

/**
 * Asks for what the port of the store promises, each change under a name of its own, by which it is made once however often
 * it is asked for.
 *
 * @param chance names requests
 * @param now what time it is, for the same
 * @param asking hands a change to whoever makes it
 */
public record Changes(
        Chance chance, Supplier<Instant> now, Function<Command.Asked, ? extends CompletionStage<Answer>> asking) {
    /**
     * Writes a document, as {@link org.sipring.api.Store#put} says.
     *
     * @param key which
     * @param value its new content
     * @param expected the revision that must still be the current one; 0: there must be none
     * @return the new revision, or empty when another was current
     */
    public CompletionStage<Optional<Long>> put(Key key, byte[] value, long expected) {
        return asking.apply(new Command.Put(name(), key, value.clone(), expected))
                .thenApply(answer -> answer.applied() ? Optional.of(answer.revision()) : Optional.empty());
    }

    /**
     * Writes a document, as {@link LargeValues#put} says.
     *
     * @param key which
     * @param value its new content
     * @param expected the revision that must still be the current one; 0: there must be none
     * @param refersTo the large values that it refers to
     * @return what came of it
     */
    public CompletionStage<LargeValues.Put> put(Key key, byte[] value, long expected, Set<LargeName> refersTo) {
        return asking.apply(new Command.Put(name(), key, value.clone(), expected, refersTo))
                .thenApply(Changes::put);
    }

    private static LargeValues.Put put(Answer answer) {
        if (answer.applied()) {
            return new LargeValues.Put.Written(answer.revision());
        }
        return answer.equals(Answer.MISSING) ? new LargeValues.Put.Missing() : new LargeValues.Put.Changed();
    }

    /**
     * Removes a document, as {@link org.sipring.api.Store#delete} says.
     *
     * @param key which
     * @param expected the revision that must still be the current one
     * @return false when another was current
     */
    public CompletionStage<Boolean> delete(Key key, long expected) {
        return asking.apply(new Command.Delete(name(), key, expected)).thenApply(Answer::applied);
    }

    /**
     * Writes a chunk of a large value. It needs no name: written twice, it is the same.
     *
     * @param bytes the chunk; not to be modified
     * @return completes when it is written
     */
    public CompletionStage<Void> chunk(byte[] bytes) {
        return asking.apply(new Command.Chunk(bytes, now.get())).thenAccept(answer -> {});
    }

    /**
     * Makes a large value of chunks that have been written.
     *
     * @param manifest of which
     * @return false where one of them is not there
     */
    public CompletionStage<Boolean> whole(Manifest manifest) {
        return asking.apply(new Command.Whole(manifest, now.get())).thenApply(Answer::applied);
    }

    private RequestId name() {
        return RequestId.next(chance, now.get());
    }
}
