package org.sipring.dns.fence;

import java.util.List;
import java.util.Optional;
import org.sipring.dns.zone.RrKey;
import org.sipring.dns.zone.RrSet;
import org.sipring.dns.zone.Update;

/**
 * How an update is fenced. There is one rule; tests know others, to show that nothing less will do: a fence that
 * changes only per reign lets an old, delayed update bring a dead node back.
 */
public interface FenceRule {
    /** The rule: exactly the text last read, and a new text in every update. */
    FenceRule EXACT = new FenceRule() {
        @Override
        public List<Update.Prerequisite> prerequisites(Optional<RrSet> read, RrKey fence) {
            return List.of(
                    read.<Update.Prerequisite>map(Update.Exactly::new).orElseGet(() -> new Update.Absent(fence)));
        }

        @Override
        public FenceText next(Optional<FenceText> read, FenceText fresh) {
            return fresh;
        }
    };

    /**
     * What must be true of the fence for an update to be applied.
     *
     * @param read the fence as last read; empty when there was none
     * @param fence its name and type
     * @return prerequisites of the update
     */
    List<Update.Prerequisite> prerequisites(Optional<RrSet> read, RrKey fence);

    /**
     * The text that the update writes.
     *
     * @param read the text last read, when it was one of this platform
     * @param fresh one that follows it, with a nonce of its own
     * @return either of them
     */
    FenceText next(Optional<FenceText> read, FenceText fresh);
}
