package org.sipring.testkit;

import java.util.concurrent.CompletionStage;
import org.sipring.api.Ticker;
import org.sipring.testkit.contract.TickerContract;

class SimTickerContractTest extends TickerContract {
    private final SimTime time = new SimTime();
    private final SimTicker ticker = time.ticker();

    @Override
    protected Ticker ticker() {
        return ticker;
    }

    @Override
    protected <T> T result(CompletionStage<T> stage) {
        return time.until(stage);
    }
}
