package org.sipring.proxy.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The platform's seal: what one node sealed every node opens, and nothing else. */
final class SealTest {
    private static final byte[] CONTENT = {1, 2, 3};

    private final Map<Integer, Key> known = new HashMap<>(Map.of(7, new Key(7, 0, new byte[32])));
    private final Seal seal = new Seal(new FixedKeys(), Purpose.NONCE, 40);

    private final class FixedKeys implements Keys {
        @Override
        public Key newest() {
            return new Key(7, 0, new byte[32]);
        }

        @Override
        public Optional<Key> find(int id) {
            return Optional.ofNullable(known.get(id));
        }
    }

    @Test
    void version1IsHeadContentAndTwelveBytesOfTheHmac() {
        byte[] bytes = Base64.getUrlDecoder().decode(seal.seal(CONTENT, ""));
        assertThat(HexFormat.of().formatHex(bytes))
                .isEqualTo("01" + "00000007" + "010203" + "a699f617fa286cd267fdbfb7");
        assertThat(seal.open(seal.seal(CONTENT, ""), ""))
                .hasValueSatisfying(opened -> assertThat(opened).isEqualTo(CONTENT));
    }

    @Test
    void aTextIsGoodForOnePurposeAndOneSubject() {
        String text = seal.seal(CONTENT, "call-1");
        assertThat(seal.open(text, "call-1")).isPresent();
        assertThat(seal.open(text, "call-2")).isEmpty();
        assertThat(new Seal(new FixedKeys(), Purpose.EDGE, 40).open(text, "call-1"))
                .isEmpty();
    }

    @Test
    void contentIsNotTakenForSubject() {
        byte[] bytes = Base64.getUrlDecoder().decode(seal.seal(CONTENT, "x"));
        byte[] shorter = new byte[bytes.length - 1];
        System.arraycopy(bytes, 0, shorter, 0, 7);
        System.arraycopy(bytes, 8, shorter, 7, bytes.length - 8);
        assertThat(seal.open(Base64.getUrlEncoder().withoutPadding().encodeToString(shorter), "\u0003x"))
                .isEmpty();
    }

    @Test
    void nothingIsBelievedWithoutTheKeyThatSealedIt() {
        String text = seal.seal(CONTENT, "");
        known.clear();
        assertThat(seal.read(text).map(Seal.Sealed::key)).contains(7);
        assertThat(seal.open(text, "")).isEmpty();
    }

    @Test
    void everyChangedBitIsNoticed() {
        byte[] bytes = Base64.getUrlDecoder().decode(seal.seal(CONTENT, ""));
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            byte[] forged = bytes.clone();
            forged[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(seal.open(Base64.getUrlEncoder().encodeToString(forged), ""))
                    .as("bit %d", bit)
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "AQ", "%%%%", "AQAAAAcAAAAAAAAAAAAAAAA", "AQAAAAcAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
            })
    void whatCannotHaveBeenSealedIsNotEvenRead(String text) {
        assertThat(seal.read(text)).isEmpty();
    }
}
