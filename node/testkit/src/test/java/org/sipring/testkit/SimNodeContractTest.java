package org.sipring.testkit;

import java.util.concurrent.CompletionStage;
import org.sipring.api.Overlay;
import org.sipring.testkit.contract.OverlayContract;

class SimNodeContractTest extends OverlayContract {
    private final TwoNodes nodes = new TwoNodes();

    @Override
    protected Overlay elder() {
        return nodes.elder;
    }

    @Override
    protected Overlay younger() {
        return nodes.younger;
    }

    @Override
    protected <T> T result(CompletionStage<T> stage) {
        return nodes.time.until(stage);
    }
}
