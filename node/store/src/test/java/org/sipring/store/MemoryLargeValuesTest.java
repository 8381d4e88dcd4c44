package org.sipring.store;

import org.sipring.api.LargeValues;
import org.sipring.api.Store;
import org.sipring.testkit.contract.LargeValuesContract;

class MemoryLargeValuesTest extends LargeValuesContract {
    private final MemoryStore store = new MemoryStore();

    @Override
    protected Store store() {
        return store;
    }

    @Override
    protected LargeValues large() {
        return store;
    }

    @Override
    protected void sweep() {
        store.sweep();
    }
}
