package org.sipring.proxy.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The platform's veil: what one node hid every node reads, and nobody else reads or writes. */
final class VeilTest {
    private static final byte[] CONTENT = "alice@sipring.test".getBytes(StandardCharsets.UTF_8);
    private static final byte[] SECRET = new byte[32];

    private final Map<Integer, Key> known = new HashMap<>(Map.of(7, new Key(7, 0, SECRET)));
    private final Veil veil = new Veil(new FixedKeys(), Purpose.EDGE, 100);

    private final class FixedKeys implements Keys {
        @Override
        public Key newest() {
            return new Key(7, 0, SECRET);
        }

        @Override
        public Optional<Key> find(int id) {
            return Optional.ofNullable(known.get(id));
        }
    }

    @Test
    void whatIsHiddenIsRead() {
        assertThat(veil.read(veil.hide(CONTENT, "call-1"), "call-1"))
                .hasValueSatisfying(read -> assertThat(read).isEqualTo(CONTENT));
        assertThat(veil.read(veil.hide(new byte[0], ""), ""))
                .hasValueSatisfying(read -> assertThat(read).isEmpty());
    }

    @Test
    void noTextHoldsAWordThatSippTakesForAHeader() {
        for (int call = 0; call < 1000; call++) {
            String text = veil.hide(CONTENT, "call-" + call);
            assertThat(text).matches("[ABD-Za-z0-9_.-]+");
            assertThat(veil.read(text, "call-" + call)).isPresent();
        }
    }

    @Test
    void nothingOfItShows() {
        byte[] bytes =
                Base64.getUrlDecoder().decode(veil.hide(CONTENT, "call-1").replace('.', 'C'));
        assertThat(new String(bytes, StandardCharsets.ISO_8859_1)).doesNotContain("alice");
    }

    @Test
    void equalBytesAboutAnotherSubjectShareNothingButTheKey() {
        byte[] one = Base64.getUrlDecoder().decode(veil.hide(CONTENT, "call-1").replace('.', 'C'));
        byte[] other =
                Base64.getUrlDecoder().decode(veil.hide(CONTENT, "call-2").replace('.', 'C'));
        assertThat(Arrays.copyOf(one, 5)).isEqualTo(Arrays.copyOf(other, 5));
        assertThat(Arrays.copyOfRange(one, 21, one.length)).isNotEqualTo(Arrays.copyOfRange(other, 21, other.length));
    }

    @Test
    void aTextIsGoodForOnePurposeAndOneSubject() {
        String text = veil.hide(CONTENT, "call-1");
        assertThat(veil.read(text, "call-2")).isEmpty();
        assertThat(veil.read(text, "")).isEmpty();
        assertThat(new Veil(new FixedKeys(), Purpose.FOREIGN, 100).read(text, "call-1"))
                .isEmpty();
    }

    @Test
    void version2IsHmacOverThePlainTextAndAesInCounterModeFromThere() throws Exception {
        byte[] plain = ByteBuffer.allocate(1 + 4 + CONTENT.length + 6)
                .put((byte) 2)
                .putInt(CONTENT.length)
                .put(CONTENT)
                .put("call-1".getBytes(StandardCharsets.UTF_8))
                .array();
        byte[] tag = Arrays.copyOf(hmac(plain), 16);
        Cipher aes = Cipher.getInstance("AES/CTR/NoPadding");
        aes.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(hmac(new byte[1]), "AES"), new IvParameterSpec(tag));
        byte[] expected = ByteBuffer.allocate(5 + 16 + CONTENT.length)
                .put((byte) 2)
                .putInt(7)
                .put(tag)
                .put(aes.doFinal(CONTENT))
                .array();
        assertThat(Base64.getUrlDecoder().decode(veil.hide(CONTENT, "call-1").replace('.', 'C')))
                .isEqualTo(expected);
    }

    private static byte[] hmac(byte[] bytes) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET, "HmacSHA256"));
        return mac.doFinal(bytes);
    }

    @Test
    void everyChangedBitIsNoticed() {
        byte[] bytes =
                Base64.getUrlDecoder().decode(veil.hide(CONTENT, "call-1").replace('.', 'C'));
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            byte[] changed = bytes.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(veil.read(Base64.getUrlEncoder().withoutPadding().encodeToString(changed), "call-1"))
                    .as("bit %s", bit)
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "alice",
                "AgAAAAc",
                "%%%",
                "AgAAAAcAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "AgAAAAcAAAAAAAAAAAAAAAAAAA==",
                "AgAA====AAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
            })
    void anythingElseIsNotRead(String text) {
        assertThat(veil.read(text, "call-1")).isEmpty();
        assertThat(veil.read(text.repeat(1_000), "call-1")).isEmpty();
        assertThat(veil.key(text.repeat(1_000))).isEmpty();
    }

    @Test
    void aTextSaysByWhichKeyItWasHidden() {
        String text = veil.hide(CONTENT, "call-1");
        assertThat(veil.key(text)).containsSame(known.get(7));
        assertThat(veil.key(veil.hide(new byte[0], ""))).isPresent();
        assertThat(veil.key("B" + text.substring(1))).isEmpty();
        known.clear();
        assertThat(veil.key(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "alice",
                "AgAAAAc",
                "%%%AAAcAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "AgAA====AAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
            })
    void anythingElseHasNoKey(String text) {
        assertThat(veil.key(text)).isEmpty();
    }

    @Test
    void aThrownAwayKeyReadsNothing() {
        String text = veil.hide(CONTENT, "call-1");
        known.clear();
        assertThat(veil.read(text, "call-1")).isEmpty();
    }
}
