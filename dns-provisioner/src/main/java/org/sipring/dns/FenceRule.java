package org.sipring.dns;

import java.util.List;
import java.util.Optional;

/**
 * How an update is fenced. There is one rule; tests know others, to show that nothing less will do: a fence that
 * changes only per reign lets an old, delayed update bring a dead node back.
 */
interface FenceRule {
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

    /** What must be true of the fence for an update to be applied. */
    List<Update.Prerequisite> prerequisites(Optional<RrSet> read, RrKey fence);

    /** The text that the update writes, given the last one and a fresh one that follows it. */
    FenceText next(Optional<FenceText> read, FenceText fresh);
}
