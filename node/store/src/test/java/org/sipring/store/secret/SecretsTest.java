package org.sipring.store.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sipring.api.Chance;
import org.sipring.api.NodeId;
import org.sipring.api.Store;
import org.sipring.certs.Authority;
import org.sipring.certs.Refusal;
import org.sipring.store.MemoryStore;
import org.sipring.store.database.DamagedException;
import org.sipring.testkit.SimChance;

/** The platform's keys and what is sealed under them. */
class SecretsTest {
    private static final NodeId N1 = new NodeId("n1");
    private static final NodeId N2 = new NodeId("n2");
    private static final byte[] HASH = "939e7578ed9e3c518a452acee763bce9".getBytes(StandardCharsets.US_ASCII);

    private final MemoryStore disk = new MemoryStore();
    private final Chance chance = new SimChance(7);

    @TempDir
    Path dir;

    private Authority ca;
    private Keyholder first;
    private Keyholder second;
    private Secrets founder;
    private Secrets joiner;

    @BeforeEach
    void foundThePlatform() throws IOException, Refusal {
        ca = Authority.init("sipring.test", dir.resolve("ca"), InstantSource.system(), chance);
        first = new Keyholder(ca, dir, N1);
        second = new Keyholder(ca, dir, N2);
        founder = new Secrets(disk, first.envelopes(), N1, chance);
        joiner = new Secrets(disk, second.envelopes(), N2, chance);
        assertThat(founder.open()).isFalse();
        join(founder.found());
    }

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    private static Store accounts(Secrets secrets) {
        return secrets.sealing(Set.of("accounts"));
    }

    private byte[] kept(String collection, String key) {
        return disk.get(collection, key).orElseThrow().value();
    }

    @Test
    void aSecretIsReadAndNotSeenOnTheDisk() {
        Store store = accounts(founder);
        long revision = join(store.put("accounts", "alice", HASH, 0)).orElseThrow();

        assertThat(store.get("accounts", "alice").orElseThrow().value()).isEqualTo(HASH);
        assertThat(store.list("accounts", ""))
                .singleElement()
                .satisfies(document -> assertThat(document.value()).isEqualTo(HASH))
                .satisfies(document -> assertThat(document.revision()).isEqualTo(revision));
        assertThat(new String(kept("accounts", "alice"), StandardCharsets.ISO_8859_1))
                .doesNotContain(new String(HASH, 0, 8, StandardCharsets.US_ASCII));
        join(store.put("accounts", "bob", HASH, 0));
        assertThat(kept("accounts", "bob")).isNotEqualTo(kept("accounts", "alice"));
    }

    @Test
    void otherCollectionsAreAsTheyAre() {
        Store store = accounts(founder);
        join(store.put("domains", "sipring.test", HASH, 0));

        assertThat(kept("domains", "sipring.test")).isEqualTo(HASH);
        assertThat(store.get("domains", "sipring.test").orElseThrow().value()).isEqualTo(HASH);
    }

    @Test
    void aSecretOpensInItsOwnPlaceOnly() {
        Store store = accounts(founder);
        join(store.put("accounts", "alice", HASH, 0));
        join(disk.put("accounts", "bob", kept("accounts", "alice"), 0));

        assertThatThrownBy(() -> store.get("accounts", "bob"))
                .isInstanceOf(DamagedException.class)
                .hasMessageContaining("accounts/bob");
    }

    @Test
    void whatHasBeenChangedOrWasNeverSealedIsNotServed() {
        Store store = accounts(founder);
        join(store.put("accounts", "alice", HASH, 0));
        byte[] sealed = kept("accounts", "alice");
        for (int at = 0; at < sealed.length; at++) {
            byte[] changed = sealed.clone();
            changed[at] ^= 1;
            long revision = disk.get("accounts", "alice").orElseThrow().revision();
            join(disk.put("accounts", "alice", changed, revision));
            assertThatThrownBy(() -> store.get("accounts", "alice")).hasMessageContaining("accounts/alice");
        }
        join(disk.put("accounts", "carol", HASH, 0));
        assertThatThrownBy(() -> store.get("accounts", "carol")).hasMessageContaining("not sealed");
    }

    @Test
    void aNodeReadsThemOnceItHasBeenAdmitted() {
        join(accounts(founder).put("accounts", "alice", HASH, 0));
        assertThat(joiner.open()).isFalse();
        assertThatThrownBy(() -> accounts(joiner).get("accounts", "alice")).hasMessageContaining("not open");

        join(founder.admit(N2, second.envelopes().own()));
        assertThat(joiner.open()).isTrue();
        assertThat(accounts(joiner).get("accounts", "alice").orElseThrow().value())
                .isEqualTo(HASH);
    }

    @Test
    void theyAreOpenAgainAfterARestart() {
        join(accounts(founder).put("accounts", "alice", HASH, 0));
        Secrets again = new Secrets(disk, first.envelopes(), N1, chance);

        assertThat(again.open()).isTrue();
        assertThat(accounts(again).get("accounts", "alice").orElseThrow().value())
                .isEqualTo(HASH);
    }

    @Test
    void aRenewedCertificateGetsEnvelopesOfItsOwn() throws IOException, Refusal {
        first.renew(ca);
        first.renew(ca);
        Secrets again = new Secrets(disk, first.envelopes(), N1, chance);
        assertThat(again.open()).as("by the former key").isTrue();
        join(again.admit(N1, first.envelopes().own()));
        first.envelopes().renewed();

        assertThat(new Secrets(disk, first.envelopes(), N1, chance).open()).isTrue();
    }

    @Test
    void underANewerKeyWhatIsOldOpensStill() {
        Store store = accounts(founder);
        join(store.put("accounts", "alice", HASH, 0));
        join(founder.rotate());
        join(store.put("accounts", "bob", HASH, 0));

        assertThat(Arrays.copyOf(kept("accounts", "bob"), 5)).isNotEqualTo(Arrays.copyOf(kept("accounts", "alice"), 5));
        Secrets again = new Secrets(disk, first.envelopes(), N1, chance);
        assertThat(again.open()).isTrue();
        for (String user : List.of("alice", "bob")) {
            assertThat(accounts(again).get("accounts", user).orElseThrow().value())
                    .isEqualTo(HASH);
        }
        join(again.rotate());
    }

    @Test
    void whoHasOnlyTheOlderKeyAsksForTheNewer() {
        join(founder.admit(N2, second.envelopes().own()));
        join(founder.rotate());

        assertThat(joiner.open()).isFalse();
        join(founder.admit(N2, second.envelopes().own()));
        assertThat(joiner.open()).isTrue();
    }

    @Test
    void nobodyIsAdmittedByTheCertificateOfAnotherOrARevokedOne() throws IOException, Refusal {
        assertThat(founder.admit(N2, first.envelopes().own()))
                .failsWithin(Duration.ZERO)
                .withThrowableOfType(ExecutionException.class)
                .withMessageContaining("node n2 has shown the certificate of n1");
        ca.revoke("n2");
        first.takeUp(ca.refresh());
        assertThat(founder.admit(N2, second.envelopes().own()))
                .failsWithin(Duration.ZERO)
                .withThrowableOfType(ExecutionException.class)
                .withMessageContaining("revoked");
        assertThat(joiner.open()).isFalse();
    }

    @Test
    void whoIsExpelledHasNoEnvelopeLeft() {
        join(founder.admit(N2, second.envelopes().own()));
        join(founder.expel(N2));

        assertThat(disk.list("platform-keys", "")).hasSize(1);
        assertThat(joiner.open()).isFalse();
        assertThat(founder.open()).isTrue();
    }
}
