package org.sipring.runtime;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.sipring.api.Ticker;
import org.sipring.testkit.contract.TickerContract;

/** The contract of tickers, asked of a real room. */
class RoomsTickerContractTest extends TickerContract {
    private final Rooms rooms = new Rooms();
    private final Ticker ticker = rooms.open("contract");

    @AfterEach
    void close() {
        rooms.close();
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
