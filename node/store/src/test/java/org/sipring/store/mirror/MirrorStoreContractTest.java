package org.sipring.store.mirror;

import org.sipring.api.Store;
import org.sipring.testkit.contract.StoreContract;

/** The contract of stores, asked of a mirror of one replica. */
final class MirrorStoreContractTest extends StoreContract {
    private final LoneMirror mirror = new LoneMirror();

    @Override
    protected Store store() {
        return mirror;
    }
}
