package org.sipring.proxy.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sipring.proxy.auth.Platform.N1;
import static org.sipring.proxy.auth.Platform.N2;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sipring.sip.digest.NonceCounts;

/** RFC 7616 section 5.4: nonces that a whole platform can check, each count once. */
class NoncesTest {
    private final Platform platform = new Platform();
    private final String nonce = platform.nonces(N1).issue(Platform.SOURCE);

    @Test
    void theIssuerTakesEachCountOnceInAnyOrder() {
        assertThat(platform.use(N1, nonce, 2)).isTrue();
        assertThat(platform.use(N1, nonce, 1)).isTrue();
        assertThat(platform.use(N1, nonce, 1)).isFalse();
        assertThat(platform.use(N1, nonce, 2)).isFalse();
    }

    @Test
    void anotherNodeAsksTheIssuer() {
        assertThat(platform.use(N2, nonce, 1)).isTrue();
        assertThat(platform.use(N2, nonce, 1)).isFalse();
        assertThat(platform.use(N1, nonce, 1)).isFalse();
        assertThat(platform.use(N1, nonce, 2)).isTrue();
    }

    @Test
    void anotherNodeTakesNothingUncheckedWhenTheIssuerIsSilent() {
        platform.node(N1).host().hang();
        assertThat(platform.use(N2, nonce, 1)).isFalse();
    }

    @Test
    void anotherNodeTakesNothingUncheckedWhenTheIssuerIsGone() {
        platform.node(N1).host().kill();
        platform.time.advance(Duration.ofSeconds(20));
        assertThat(platform.node(N2).view().member(N1)).isEmpty();
        assertThat(platform.use(N2, nonce, 1)).isFalse();
    }

    @Test
    void theIssuerDoesNotKnowTheCountsOfItsEarlierLife() {
        platform.node(N1).host().kill();
        platform.time.advance(Duration.ofSeconds(20));
        platform.start(N1);
        platform.time.until(platform.keys(N1).start());
        assertThat(platform.use(N1, nonce, 1)).isFalse();
        assertThat(platform.use(N1, platform.nonces(N1).issue(Platform.SOURCE), 1))
                .isTrue();
    }

    @Test
    void aNonceGrowsOld() {
        platform.time.advance(Duration.ofSeconds(331));
        assertThat(platform.use(N1, nonce, 1)).isFalse();
        assertThat(platform.use(N2, nonce, 1)).isFalse();
    }

    @Test
    void clocksMayBeHalfAMinuteApart() {
        platform.node(N2).host().jump(Duration.ofSeconds(-29));
        assertThat(platform.use(N2, nonce, 1)).isTrue();
        platform.node(N2).host().jump(Duration.ofSeconds(-2));
        assertThat(platform.use(N2, nonce, 2)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "AAAA", "!!!!", "AQ"})
    void refusesWhatNobodyIssued(String text) {
        assertThat(platform.use(N1, text, 1)).isFalse();
    }

    @Test
    void refusesAForgery() {
        for (int at = 0; at < nonce.length(); at++) {
            char other = nonce.charAt(at) == 'A' ? 'Q' : 'A';
            String forged = nonce.substring(0, at) + other + nonce.substring(at + 1);
            assertThat(platform.use(N1, forged, 1)).as("forged at %d", at).isFalse();
        }
    }

    @Test
    void refusesCountsBeyondWhatIsRemembered() {
        assertThat(platform.use(N1, nonce, NonceCounts.MOST)).isTrue();
        assertThat(platform.use(N1, nonce, NonceCounts.MOST + 1)).isFalse();
        assertThat(platform.use(N1, nonce, 0)).isFalse();
    }

    @Test
    void aFloodOfChallengesMakesNoncesStaleAndNothingElse() {
        for (int i = 0; i < Platform.SMALL.remembered(); i++) {
            platform.nonces(N1).issue(Platform.SOURCE);
        }
        assertThat(platform.use(N1, nonce, 1)).isFalse();
    }

    @Test
    void newKeysTakeOverWithoutRefusingAnybody() {
        for (int minute = 0; minute < 200; minute++) {
            String issued = platform.nonces(minute % 2 == 0 ? N1 : N2).issue(Platform.SOURCE);
            platform.time.advance(Duration.ofMinutes(1));
            assertThat(platform.use(N1, issued, 1)).as("minute %d", minute).isTrue();
            assertThat(platform.use(N2, issued, 2)).isTrue();
        }
    }
}
