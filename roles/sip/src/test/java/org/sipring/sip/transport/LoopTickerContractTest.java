package org.sipring.sip.transport;

import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
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
}
