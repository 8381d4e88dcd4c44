package org.sipring.sip.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sipring.api.Ticker;
import org.sipring.testkit.contract.TickerContract;

/** The contract of tickers, asked of an event loop. */
class LoopTickerContractTest extends TickerContract {
    private final EventLoop loop = new DefaultEventLoop();
    private final Ticker ticker = new LoopTicker(loop, Wire.clock());

    @AfterEach
    void close() {
        loop.shutdownGracefully(0, 0, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    @Override
    protected Ticker ticker() {
        return ticker;
    }

    @Override
    protected <T> T result(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
    }

    @Test
    void oneLongTimerThatFailsKeepsNoOtherFromRunning() {
        CompletableFuture<Void> ran = new CompletableFuture<>();
        ticker.execute(() -> {
            ticker.after(Duration.ofMillis(400), () -> {
                throw new NoClassDefFoundError("a class that has been replaced");
            });
            ticker.after(Duration.ofMillis(400), () -> ticker.after(Duration.ofMillis(400), () -> ran.complete(null)));
        });

        assertThat(result(ran)).isNull();
    }
}
