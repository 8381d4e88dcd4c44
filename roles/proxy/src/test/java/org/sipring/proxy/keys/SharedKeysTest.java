package org.sipring.proxy.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.sipring.api.NodeId;
import org.sipring.api.Table;
import org.sipring.testkit.SimChance;
import org.sipring.testkit.SimOverlay;
import org.sipring.testkit.SimTable;
import org.sipring.testkit.SimTicker;
import org.sipring.testkit.SimTime;

/** Shared keys in their table. */
class SharedKeysTest {
    private final SimTime time = new SimTime();
    private final SimTicker ticker = time.ticker();
    private final SimOverlay overlay = new SimOverlay(new NodeId("n1"), ticker);
    private final SharedKeys keys = new SharedKeys("nonce-keys", KeySettings.NONCES, overlay, ticker, new SimChance(1));
    private final SimTable<KeyRing> table =
            overlay.table(new Table.Spec<>("nonce-keys", KeyRing.CODEC, Map.of(), KeyRing::merge));

    @Test
    void refusesToSealBeforeThereIsAKey() {
        assertThatThrownBy(keys::newest).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void waitsForATableThatDoesNotAnswer() {
        table.fail(SimTable.Fault.LOST);
        CompletionStage<Void> started = keys.start();
        time.advance(Duration.ofSeconds(10));
        assertThat(started.toCompletableFuture()).isNotDone();
        table.heal();
        time.until(started);
        assertThat(keys.newest().secret()).hasSize(32);
    }

    @Test
    void makesANewKeyEachHourAndForgetsThoseNobodyNeeds() {
        time.until(keys.start());
        Key first = keys.newest();
        time.advance(Duration.ofHours(2));
        assertThat(keys.newest().id()).isNotEqualTo(first.id());
        assertThat(keys.find(first.id())).isPresent();
        time.advance(Duration.ofHours(2));
        assertThat(keys.find(first.id())).isEmpty();
    }

    @Test
    void goesOnWithWhatItHasWhenTheTableIsLost() {
        time.until(keys.start());
        Key first = keys.newest();
        table.fail(SimTable.Fault.LOST);
        time.advance(Duration.ofHours(30));
        assertThat(keys.newest().id()).isEqualTo(first.id());
    }

    @Test
    void putsBackWhatTheTableHasLost() {
        time.until(keys.start());
        Key first = keys.newest();
        table.lose();
        time.advance(KeySettings.NONCES.poll());
        assertThat(kept().find(first.id())).isPresent();
        assertThat(kept().keys()).hasSize(1);
    }

    @Test
    void looksForKeysWithEachView() {
        time.until(keys.start());
        table.lose();
        overlay.show();
        time.settle();
        assertThat(kept().keys()).isNotEmpty();
    }

    private KeyRing kept() {
        return time.until(table.get("keys")).orElse(KeyRing.NONE);
    }
}
