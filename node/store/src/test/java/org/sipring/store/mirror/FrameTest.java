package org.sipring.store.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sipring.api.Store;
import org.sipring.store.command.Answer;
import org.sipring.store.command.Command;
import org.sipring.store.command.CommandCodec;
import org.sipring.store.command.Key;
import org.sipring.store.command.RequestId;
import org.sipring.store.large.ChunkName;
import org.sipring.store.large.Manifest;
import org.sipring.testkit.SimChance;

/** What mirrors and servers say to each other, and what others may say. */
final class FrameTest {
    private static final ReplyCodec REPLIES = new ReplyCodec();
    private static final Key ALICE = new Key("accounts", "alice");
    private static final Key NOBODY = new Key("accounts", "nobody");
    private static final Mark MARK = new Mark(-7, 12);

    private static final Manifest LARGE = Manifest.of(new byte[300_000]);

    private static final List<Change> CHANGES = List.of(
            new Change(ALICE, Optional.of(new Store.Document("alice", 3, "one".getBytes(StandardCharsets.UTF_8)))),
            new Change(NOBODY, Optional.empty()),
            new Change(ALICE, Optional.of(new Store.Document("alice", 4, new byte[] {1}, Set.of(LARGE.name())))));

    private static final List<Reply> ALL = List.of(
            new Reply.Refused("not open"),
            new Reply.Anew(MARK),
            new Reply.Changes(MARK, CHANGES),
            new Reply.Page(CHANGES, false),
            new Reply.Done(Answer.written(4), MARK),
            new Reply.Settled(MARK),
            new Reply.Described(Optional.of(LARGE)),
            new Reply.Described(Optional.empty()),
            new Reply.Fetched(Optional.of(new byte[] {1, 2, 3})),
            new Reply.Fetched(Optional.empty()));

    @Test
    void questionsAreReadAsTheyWereWritten() {
        Question.Since since = new Question.Since(MARK, true);
        Question.Page page = new Question.Page(5, Optional.of(ALICE));
        Question.Page first = new Question.Page(5, Optional.empty());
        Question.Submit submit = new Question.Submit(new Command.Delete(new RequestId(1, 2, Instant.EPOCH), ALICE, 3));

        assertThat(QuestionCodec.since(QuestionCodec.encode(since))).isEqualTo(since);
        assertThat(QuestionCodec.page(QuestionCodec.encode(page))).isEqualTo(page);
        assertThat(QuestionCodec.page(QuestionCodec.encode(first))).isEqualTo(first);
        assertThat(QuestionCodec.submit(QuestionCodec.encode(submit))).isEqualTo(submit);
        Question.Describe describe = new Question.Describe(LARGE.name());
        Question.Fetch fetch = new Question.Fetch(LARGE.chunks().get(1));
        assertThat(QuestionCodec.describe(QuestionCodec.encode(describe))).isEqualTo(describe);
        assertThat(QuestionCodec.fetch(QuestionCodec.encode(fetch))).isEqualTo(fetch);
        assertThat(QuestionCodec.settle(QuestionCodec.encode(new Question.Settle())))
                .isEqualTo(new Question.Settle());
    }

    @Test
    void repliesAreReadAsTheyWereWritten() {
        for (Reply reply : ALL) {
            assertThat(REPLIES.decode(REPLIES.encode(reply)))
                    .usingRecursiveComparison()
                    .isEqualTo(reply);
        }
    }

    @Test
    void whatIsCutOffOrTooLongIsRefused() {
        for (Reply reply : ALL) {
            byte[] frame = REPLIES.encode(reply);
            for (int length = 0; length < frame.length; length++) {
                byte[] cut = Arrays.copyOf(frame, length);
                assertThatThrownBy(() -> REPLIES.decode(cut)).isInstanceOf(IllegalArgumentException.class);
            }
            assertThatThrownBy(() -> REPLIES.decode(Arrays.copyOf(frame, frame.length + 1)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aReplyOfAnotherFormatOrTypeIsRefused() {
        assertThatThrownBy(() -> REPLIES.decode(new byte[] {2, 1})).hasMessageContaining("update");
        assertThatThrownBy(() -> REPLIES.decode(new byte[] {1, 9})).hasMessageContaining("type 9");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, Integer.MAX_VALUE})
    void noLengthIsBelieved(int length) {
        byte[] changes = REPLIES.encode(new Reply.Changes(MARK, CHANGES));
        int count = 1 + 1 + 2 * Long.BYTES;
        int value = count + Integer.BYTES + 2 + 8 + 2 + 5 + 1 + Long.BYTES;
        byte[] lies = ByteBuffer.wrap(changes.clone()).putInt(count, length).array();
        byte[] lied = ByteBuffer.wrap(changes.clone()).putInt(value, length).array();

        assertThatThrownBy(() -> REPLIES.decode(lies)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> REPLIES.decode(lied))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a value of " + length);
    }

    @Test
    void aChunkIsNoLongerThanChunksAre() {
        byte[] tooLong = REPLIES.encode(new Reply.Fetched(Optional.of(new byte[ChunkName.LONGEST + 1])));

        assertThatThrownBy(() -> REPLIES.decode(tooLong)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aPageThatLeadsNowhereIsRefused() {
        byte[] empty = Frame.of(out -> {
            out.writeByte(4);
            out.writeBoolean(false);
            Frame.write(out, List.<Change>of());
        });

        assertThatThrownBy(() -> REPLIES.decode(empty)).hasMessageContaining("not the last");
    }

    @Test
    void onlyWhatNodesMayAskForIsHandedOn() {
        for (Command command : List.of(new Command.Forget(Instant.EPOCH), new Command.Sweep(Instant.EPOCH))) {
            byte[] frame = new CommandCodec().encode(command);
            assertThatThrownBy(() -> QuestionCodec.submit(frame)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void anyBytesAreReadOrRefused() {
        SimChance chance = new SimChance(1);
        List<Function<byte[], Object>> readers = List.of(
                REPLIES::decode,
                QuestionCodec::since,
                QuestionCodec::page,
                QuestionCodec::submit,
                QuestionCodec::describe,
                QuestionCodec::fetch,
                QuestionCodec::settle);
        for (int trial = 0; trial < 20_000; trial++) {
            byte[] frame = trial % 2 == 0 ? changed(chance) : chance.bytes(chance.below(64));
            if (frame.length > 0 && chance.percent(90)) {
                frame[0] = 1;
            }
            readers.forEach(reader -> readOrRefused(reader, frame));
        }
    }

    private static byte[] changed(SimChance chance) {
        byte[] frame = REPLIES.encode(ALL.get(chance.below(ALL.size())));
        frame[chance.below(frame.length)] = (byte) chance.below(256);
        return frame;
    }

    private static void readOrRefused(Function<byte[], Object> reader, byte[] frame) {
        assertThatCode(() -> {
                    try {
                        reader.apply(frame);
                    } catch (IllegalArgumentException refused) {
                        assertThat(refused.getMessage()).isNotEmpty();
                    }
                })
                .doesNotThrowAnyException();
    }
}
