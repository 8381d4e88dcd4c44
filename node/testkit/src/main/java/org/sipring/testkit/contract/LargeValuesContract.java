package org.sipring.testkit.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.sipring.api.LargeName;
import org.sipring.api.LargeValues;
import org.sipring.api.Store;
import org.sipring.testkit.SimChance;

/** What {@link LargeValues} do, and the {@link Store} whose documents refer to them. */
public abstract class LargeValuesContract {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int CHUNK = 256 << 10;

    private final SimChance chance = new SimChance(1);

    /**
     * The store under test.
     *
     * @return the same store within one test, empty at its beginning
     */
    protected abstract Store store();

    /**
     * The large values under test.
     *
     * @return those of the store
     */
    protected abstract LargeValues large();

    /** Has removed what nothing refers to, as if it had been written long ago. */
    protected abstract void sweep();

    @Test
    final void whatWasWrittenIsRead() {
        for (int length : new int[] {0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK}) {
            byte[] content = chance.bytes(length);
            LargeName name = write(content);

            assertThat(name.length()).isEqualTo(length);
            assertThat(read(name)).as("%d bytes", length).contains(content);
        }
    }

    @Test
    final void equalValuesHaveOneNameInAllReleases() {
        byte[] hello = "hello".getBytes(UTF_8);

        assertThat(write(hello)).isEqualTo(write(hello.clone()));
        assertThat(write(hello)).hasToString("5f92d6e4f6d4b1d35a800c847f964afb1b1be8325d0ad7c90446bb8f58531bf6-5");
        assertThat(write(new byte[CHUNK])).isNotEqualTo(write(new byte[CHUNK + 1]));
    }

    @Test
    final void theLongestIsKeptAndALongerOneRefused() {
        byte[] longest = chance.bytes(LargeName.LONGEST);

        assertThat(read(write(longest))).contains(longest);
        assertThatThrownBy(() -> write(new byte[LargeName.LONGEST + 1]))
                .hasMessageContaining("the longest that is kept has 10485760 bytes");
    }

    @Test
    final void whatWasNeverWrittenIsNotThere() {
        assertThat(read(unknown())).isEmpty();
    }

    @Test
    final void aDocumentSaysWhatItRefersTo() {
        Set<LargeName> two = Set.of(write(chance.bytes(3)), write(chance.bytes(CHUNK + 3)));
        LargeValues.Put put = put("alice", 0, two);

        assertThat(put).isInstanceOf(LargeValues.Put.Written.class);
        assertThat(store().get("voicemail", "alice"))
                .hasValueSatisfying(document -> assertThat(document.refersTo()).isEqualTo(two));
        assertThat(store().list("voicemail", "")).singleElement().satisfies(document -> assertThat(document.refersTo())
                .isEqualTo(two));
    }

    @Test
    final void aDocumentThatRefersNeedsTheCurrentRevisionAsWell() {
        LargeName name = write(chance.bytes(3));
        long first = written(put("alice", 0, Set.of(name)));

        assertThat(put("alice", 0, Set.of(name))).isEqualTo(new LargeValues.Put.Changed());
        assertThat(written(put("alice", first, Set.of(name)))).isGreaterThan(first);
    }

    @Test
    final void aDocumentThatRefersToWhatIsNotThereIsNotWritten() {
        LargeName there = write(chance.bytes(3));

        assertThat(put("alice", 0, Set.of(there, unknown()))).isEqualTo(new LargeValues.Put.Missing());
        assertThat(store().get("voicemail", "alice")).isEmpty();
    }

    @Test
    final void whatADocumentRefersToStaysUntilItDoesNotAnyMore() {
        byte[] content = chance.bytes(CHUNK + 5);
        LargeName name = write(content);
        long first = written(put("alice", 0, Set.of(name)));
        long other = written(put("bob", 0, Set.of(name)));
        sweep();
        assertThat(read(name)).contains(content);

        await(store().put("voicemail", "alice", new byte[1], first));
        sweep();
        assertThat(read(name)).as("bob's still").contains(content);

        assertThat(await(store().delete("voicemail", "bob", other))).isTrue();
        sweep();
        assertThat(read(name)).isEmpty();
        assertThat(put("carol", 0, Set.of(name))).isEqualTo(new LargeValues.Put.Missing());
    }

    @Test
    final void whatOthersHaveAChunkOfStaysWhole() {
        byte[] one = chance.bytes(2 * CHUNK);
        byte[] other = one.clone();
        other[0]++;
        LargeName kept = write(one);
        LargeName gone = write(other);
        written(put("alice", 0, Set.of(kept)));
        sweep();

        assertThat(read(gone)).isEmpty();
        assertThat(read(kept)).contains(one);
        assertThat(read(write(other))).as("written anew").contains(other);
    }

    @Test
    final void aValueOfEqualChunksIsKeptAndRemoved() {
        byte[] silence = new byte[4 * CHUNK];
        LargeName name = write(silence);
        long revision = written(put("alice", 0, Set.of(name)));
        sweep();
        assertThat(read(name)).contains(silence);

        await(store().delete("voicemail", "alice", revision));
        sweep();
        assertThat(read(name)).isEmpty();
    }

    @Test
    final void aDocumentRefersToAFewAtMost() {
        Set<LargeName> names = new HashSet<>();
        while (names.size() <= LargeValues.MOST_REFERENCES) {
            names.add(new LargeName(String.format("%064x", names.size()), 1));
        }
        Set<LargeName> tooMany = Collections.unmodifiableSet(names);

        assertThatThrownBy(() -> put("alice", 0, tooMany)).hasMessageContaining("no more than 256");
    }

    private static LargeName unknown() {
        return new LargeName("0".repeat(64), 7);
    }

    private LargeName write(byte[] content) {
        return await(large().write(content));
    }

    private Optional<byte[]> read(LargeName name) {
        return await(large().read(name));
    }

    private LargeValues.Put put(String key, long expected, Set<LargeName> refersTo) {
        return await(large().put("voicemail", key, new byte[] {1}, expected, refersTo));
    }

    private static long written(LargeValues.Put put) {
        assertThat(put).isInstanceOf(LargeValues.Put.Written.class);
        return ((LargeValues.Put.Written) put).revision();
    }

    private static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture()
                .orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS)
                .join();
    }
}
