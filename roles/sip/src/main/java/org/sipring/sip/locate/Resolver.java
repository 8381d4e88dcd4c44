package org.sipring.sip.locate;

import java.util.concurrent.CompletionStage;

/** Asks DNS. Callable from any thread, and never makes it wait. */
@FunctionalInterface
public interface Resolver {
    /**
     * Asks.
     *
     * @param question what
     * @return the answer, on any thread; fails when nobody can tell now
     */
    CompletionStage<Answer> ask(Question question);
}
