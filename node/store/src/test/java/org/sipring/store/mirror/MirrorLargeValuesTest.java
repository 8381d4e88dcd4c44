package org.sipring.store.mirror;

import org.sipring.api.LargeValues;
import org.sipring.api.Store;
import org.sipring.testkit.contract.LargeValuesContract;

/** The contract of large values, asked of a mirror of one replica. */
final class MirrorLargeValuesTest extends LargeValuesContract {
    private final LoneMirror mirror = new LoneMirror();

    @Override
    protected Store store() {
        return mirror;
    }

    @Override
    protected LargeValues large() {
        return mirror;
    }

    @Override
    protected void sweep() {
        mirror.sweep();
    }
}
