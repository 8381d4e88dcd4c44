package org.sipring.app.world;

import org.sipring.dns.fence.FenceMemory;

/** What a manager remembers. It outlives the process. */
final class Disk implements FenceMemory {
    private Mark mark = Mark.NONE;

    @Override
    public Mark recall() {
        return mark;
    }

    @Override
    public void remember(Mark next) {
        mark = next;
    }
}
