package org.sipring.store.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sipring.api.Store;
import org.sipring.store.command.Answer;
import org.sipring.store.command.Command;
import org.sipring.store.command.Key;
import org.sipring.store.command.RequestId;

/** What fits into one message. */
final class ExcerptsTest {
    private static final int MESSAGE = 1 << 20;
    private static final Mark FROM = new Mark(7, 10);

    private final Machine documents = new Machine();
    private long requests;

    private static Key key(String name) {
        return new Key("accounts", name);
    }

    private Answer put(Key key, int length) {
        long current = documents.get(key).map(Store.Document::revision).orElse(0L);
        return documents.apply(
                new Command.Put(new RequestId(1, ++requests, Instant.EPOCH), key, new byte[length], current));
    }

    private static int bytes(Reply reply) {
        return new ReplyCodec().encode(reply).length;
    }

    private Reply.Changes changes(String... names) {
        return Excerpts.changes(
                documents, FROM, List.of(names).stream().map(ExcerptsTest::key).toList());
    }

    @Test
    void aDocumentThatHasChangedTwiceIsToldOnce() {
        put(key("a"), 1);
        Reply.Changes changes = changes("a", "gone", "a");

        assertThat(changes.mark()).isEqualTo(new Mark(7, 13));
        assertThat(changes.changes()).extracting(Change::key).containsExactly(key("a"), key("gone"));
        assertThat(changes.changes().get(1).document()).isEmpty();
    }

    @Test
    void whatDoesNotFitIsToldNextTime() {
        put(key("a"), 300_000);
        put(key("b"), 300_000);
        Reply.Changes changes = changes("a", "a", "b", "a");

        assertThat(changes.changes()).extracting(Change::key).containsExactly(key("a"));
        assertThat(changes.mark()).as("b has not been told").isEqualTo(new Mark(7, 12));
    }

    @Test
    void theLongestDocumentFitsAlone() {
        String text = "\ud83d\ude00".repeat(Store.LONGEST_KEY / 2);
        Key longest = new Key(text, text);
        put(longest, Command.Put.LONGEST);
        put(key("a"), 1);

        Reply.Changes changes = Excerpts.changes(documents, FROM, List.of(longest, key("a")));
        assertThat(changes.changes()).hasSize(1);
        assertThat(bytes(changes)).isLessThan(MESSAGE);
        assertThat(QuestionCodec.encode(new Question.Submit(new Command.Put(
                                new RequestId(1, 1, Instant.EPOCH), longest, new byte[Command.Put.LONGEST], 0)))
                        .length)
                .isLessThan(MESSAGE);
    }

    @Test
    void pagesLeadThroughAllDocuments() {
        List<Key> all = new ArrayList<>();
        for (int number = 0; number < 500; number++) {
            Key key = new Key("collection" + number % 3, "key" + number);
            all.add(key);
            put(key, 10_000);
        }
        List<Key> told = new ArrayList<>();
        Optional<Key> reached = Optional.empty();
        boolean last = false;
        while (!last) {
            Reply.Page page = Excerpts.page(documents, reached);
            assertThat(bytes(page)).isLessThan(MESSAGE);
            page.documents().forEach(change -> told.add(change.key()));
            reached = Optional.of(told.get(told.size() - 1));
            last = page.last();
        }

        assertThat(told).containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    void ofNothingThereIsOneEmptyPage() {
        assertThat(Excerpts.page(documents, Optional.empty())).isEqualTo(new Reply.Page(List.of(), true));
    }
}
