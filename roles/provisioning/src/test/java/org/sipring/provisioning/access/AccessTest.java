package org.sipring.provisioning.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sipring.api.Store;
import org.sipring.store.MemoryStore;
import org.sipring.testkit.SimChance;

class AccessTest {
    private long nanos = -5;

    private void pass(Duration time) {
        nanos += time.toNanos();
    }

    @Test
    void aNonceIsGoodForFiveMinutesAndEachCountOnce() {
        HttpNonces nonces = new HttpNonces(new SimChance(1), () -> nanos);
        String nonce = nonces.issue();
        assertThat(nonces.use(nonce, 1)).isTrue();
        assertThat(nonces.use(nonce, 1)).isFalse();
        assertThat(nonces.use(nonce, 2)).isTrue();
        pass(Duration.ofMinutes(5));
        assertThat(nonces.use(nonce, 3)).isTrue();
        pass(Duration.ofNanos(1));
        assertThat(nonces.use(nonce, 4)).isFalse();
    }

    @Test
    void aNonceOfAnotherNodeOrOfNobodyIsNone() {
        HttpNonces nonces = new HttpNonces(new SimChance(1), () -> nanos);
        HttpNonces others = new HttpNonces(new SimChance(2), () -> nanos);
        nonces.issue();
        assertThat(nonces.use(others.issue(), 1)).isFalse();
        String nonce = nonces.issue();
        String bent = (nonce.charAt(0) == 'A' ? 'B' : 'A') + nonce.substring(1);
        assertThat(nonces.use(bent, 1)).isFalse();
        assertThat(nonces.use("", 1)).isFalse();
        assertThat(nonces.use("?", 1)).isFalse();
    }

    @Test
    void whoFailsTooOftenWaitsAndNobodyElseDoes() throws Exception {
        Failures failures = new Failures(() -> nanos);
        InetAddress one = InetAddress.getByName("2001:db8::1");
        InetAddress neighbour = InetAddress.getByName("2001:db8::2");
        InetAddress other = InetAddress.getByName("2001:db8:0:1::1");
        for (int i = 0; i < Failures.MOST; i++) {
            assertThat(failures.wait(one)).isEmpty();
            failures.failed(one);
        }
        assertThat(failures.wait(one)).contains(Duration.ofMinutes(1));
        assertThat(failures.wait(neighbour)).isPresent();
        assertThat(failures.wait(other)).isEmpty();
        pass(Duration.ofMinutes(1));
        assertThat(failures.wait(one)).isEmpty();
        failures.failed(one);
        assertThat(failures.wait(one)).isEmpty();
    }

    @Test
    void aTokenIsShownOnceAndKeptHashed() throws Exception {
        MemoryStore store = new MemoryStore();
        Tokens tokens = new Tokens(store, new SimChance(1));
        Instant now = Instant.parse("2026-03-01T12:00:00Z");
        Tokens.Issued issued = tokens.issue("ci", Optional.empty(), now.plusSeconds(10))
                .toCompletableFuture()
                .get()
                .orElseThrow();
        String secret = issued.text().substring("ci.".length());
        assertThat(new String(store.get("tokens", "ci").orElseThrow().value(), StandardCharsets.UTF_8))
                .doesNotContain(secret);
        assertThat(tokens.shown(issued.text(), now)).isPresent();
        assertThat(tokens.shown(issued.text(), now.plusSeconds(10))).isEmpty();
        assertThat(tokens.shown(issued.text() + "x", now)).isEmpty();
        assertThat(tokens.shown(secret, now)).isEmpty();
        assertThat(tokens.shown("", now)).isEmpty();
        assertThat(tokens.issue("ci", Optional.empty(), now)
                        .toCompletableFuture()
                        .get())
                .isEmpty();
    }

    @Test
    void aTokenThatWasMadeDoesNotShowItselfInALog() throws Exception {
        Tokens.Issued issued = new Tokens(new MemoryStore(), new SimChance(1))
                .issue("ci", Optional.empty(), Instant.parse("2026-03-01T12:00:00Z"))
                .toCompletableFuture()
                .get()
                .orElseThrow();
        assertThat(issued.toString())
                .contains("ci")
                .doesNotContain(issued.text(), issued.text().substring("ci.".length()));
    }

    @Test
    void anAccountsTokensGoWithIt() throws Exception {
        Tokens tokens = new Tokens(new MemoryStore(), new SimChance(1));
        Instant then = Instant.parse("2026-03-01T12:00:00Z");
        tokens.issue("a", Optional.of("alice@sipring.test"), then)
                .toCompletableFuture()
                .get();
        tokens.issue("b", Optional.of("bob@sipring.test"), then)
                .toCompletableFuture()
                .get();
        tokens.removeOf("alice@sipring.test").toCompletableFuture().get();
        assertThat(tokens.all()).extracting(Token::name).containsExactly("b");
    }

    @Test
    void aTokenThatCannotBeReadIsNoneAndInNobodysWay() throws Exception {
        MemoryStore store = new MemoryStore();
        Tokens tokens = new Tokens(store, new SimChance(1));
        Instant then = Instant.parse("2026-03-01T12:00:00Z");
        tokens.issue("a", Optional.of("alice@sipring.test"), then)
                .toCompletableFuture()
                .get();
        String foreign = "{\"version\":1,\"name\":\"a\",\"expires\":\"" + then + "\"}";
        for (String bad : List.of("", "hush", "{\"version\":1,\"expires\":\"soon\"}", foreign)) {
            long revision =
                    store.get("tokens", "bad").map(Store.Document::revision).orElse(0L);
            store.put("tokens", "bad", bad.getBytes(StandardCharsets.UTF_8), revision)
                    .toCompletableFuture()
                    .get();
            assertThat(tokens.all()).extracting(Token::name).containsExactly("a");
            assertThat(tokens.shown("bad.secret", then.minusSeconds(1))).isEmpty();
        }
        tokens.removeOf("alice@sipring.test").toCompletableFuture().get();
        assertThat(tokens.all()).isEmpty();
        assertThat(tokens.remove("bad").toCompletableFuture().get()).isTrue();
    }
}
