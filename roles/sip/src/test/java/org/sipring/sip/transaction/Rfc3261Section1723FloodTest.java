package org.sipring.sip.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * RFC 3261 section 17.2.3: many requests of one sender, most of them without a branch that names their transaction. The
 * 8,000th costs no more than the first: what is counted is comparisons of keys, since time is not to be measured in a test.
 */
final class Rfc3261Section1723FloodTest {
    private static final int MANY = 8_000;
    // The deepest that a red-black tree of so many keys may be; each key on the way is asked whether it is equal and
    // whether it is greater, and the first one twice.
    private static final int DEPTH = 26;
    private static final int MOST_COMPARISONS = 2 * DEPTH + 1;

    private final Scene scene = new Scene(1, 2 * MANY);
    private int comparisons;

    /** What the sender varies from request to request. */
    private enum Flood {
        CALLER,
        URI,
        CALL_ID,
        TAG,
        CSEQ,
        BRANCH,
        CALL_ID_OF_ONE_HASH,
        TAG_OF_ONE_HASH,
        /** Not old; what matters for the others matters here. */
        COOKIE_OF_ONE_HASH;

        String request(int number) {
            String old = Scene.request("OPTIONS", "Via: SIP/2.0/UDP 192.0.2.9:5070", "sip:bob@sipring.test");
            return switch (this) {
                case CALLER -> old.replace("tag=a", "tag=" + number).replace("call-1", number + "@phone");
                case URI -> old.replace("OPTIONS sip:bob", "OPTIONS sip:bob" + number);
                case CALL_ID -> old.replace("call-1", "call-" + number);
                case TAG -> old.replace("tag=a", "tag=" + number);
                case CSEQ -> old.replace("CSeq: 1 ", "CSeq: " + number + ' ');
                case BRANCH -> Scene.request("OPTIONS", "old" + number);
                case CALL_ID_OF_ONE_HASH -> old.replace("call-1", ofOneHash(number));
                case TAG_OF_ONE_HASH -> old.replace("tag=a", "tag=" + ofOneHash(number));
                case COOKIE_OF_ONE_HASH -> Scene.request("OPTIONS", "z9hG4bK" + ofOneHash(number));
            };
        }

        String key(int number) {
            return ServerKey.of(Scene.parsed(request(number).getBytes(StandardCharsets.UTF_8)));
        }

        // "Aa" and "BB" have one hash, and so have all texts of as many of them.
        private static String ofOneHash(int number) {
            StringBuilder text = new StringBuilder();
            for (int bit = 1; bit < MANY; bit <<= 1) {
                text.append((number & bit) == 0 ? "Aa" : "BB");
            }
            return text.toString();
        }
    }

    @ParameterizedTest
    @EnumSource
    void eachIsATransactionOfItsOwnAndIsFoundAgain(Flood flood) {
        arrive(flood);
        assertThat(scene.requests).hasSize(MANY);
        arrive(flood);
        assertThat(scene.requests).as("repeated ones are known").hasSize(MANY);
        scene.requests.get(MANY - 1).respond(200);
        scene.arrives(Scene.UDP, flood.request(MANY - 1));
        assertThat(scene.sent).as("and get their answer again").hasSize(2);
        assertThat(scene.lastSent().bytes()).isEqualTo(scene.sent.get(0).bytes());
    }

    private void arrive(Flood flood) {
        for (int i = 0; i < MANY; i++) {
            scene.arrives(Scene.UDP, flood.request(i));
        }
    }

    @ParameterizedTest
    @EnumSource
    void noLookUpComparesMoreKeysThanATreeIsDeep(Flood flood) {
        // As the layer keeps them, with keys that count.
        Map<Key, Integer> transactions = new HashMap<>();
        for (int i = 0; i < MANY; i++) {
            transactions.put(new Key(flood.key(i)), i);
        }
        int most = 0;
        for (int i = 0; i < MANY; i++) {
            comparisons = 0;
            assertThat(transactions.get(new Key(flood.key(i)))).isEqualTo(i);
            most = Math.max(most, comparisons);
        }
        assertThat(most).isLessThanOrEqualTo(MOST_COMPARISONS);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.MATCH_NONE, names = ".*_OF_ONE_HASH")
    void whoDoesNotAimAtItHasAHashForEach(Flood flood) {
        long hashes = IntStream.range(0, MANY)
                .map(i -> flood.key(i).hashCode())
                .distinct()
                .count();
        assertThat(hashes).isGreaterThan(MANY * 99 / 100);
    }

    /** A text that counts how often it is compared, and is otherwise as any. */
    private final class Key implements Comparable<Key> {
        private final String text;

        Key(String text) {
            this.text = text;
        }

        @Override
        public int hashCode() {
            return text.hashCode();
        }

        @Override
        public boolean equals(@Nullable Object other) {
            comparisons++;
            return other instanceof Key key && key.text.equals(text);
        }

        @Override
        public int compareTo(Key other) {
            comparisons++;
            return text.compareTo(other.text);
        }
    }
}
