package org.sipring.app.world;

import java.util.Optional;

/** Takes the first broken rule of a world. Events may run deep in callbacks, where an exception would get lost. */
final class Judge {
    private final Trace trace;
    private Optional<String> verdict = Optional.empty();

    Judge(Trace trace) {
        this.trace = trace;
    }

    /** Notes a broken rule unless it holds. */
    void require(boolean holds, String rule) {
        if (!holds && verdict.isEmpty()) {
            trace.say("BROKEN", rule);
            verdict = Optional.of(rule);
        }
    }

    /** The first broken rule. */
    Optional<String> verdict() {
        return verdict;
    }
}
