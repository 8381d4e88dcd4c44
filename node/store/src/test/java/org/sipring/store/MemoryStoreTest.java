package org.sipring.store;

import org.sipring.api.Store;
import org.sipring.testkit.contract.StoreContract;

class MemoryStoreTest extends StoreContract {
    private final MemoryStore store = new MemoryStore();

    @Override
    protected Store store() {
        return store;
    }
}
