package org.sipring.api;

import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What became of a change.
 *
 * @param <R> the answer's type
 */
public sealed interface Outcome<R> {
    /**
     * Acknowledged by the owner and its backup.
     *
     * @param answer what the rule answered
     * @param <R> the answer's type
     */
    record Applied<R>(R answer) implements Outcome<R> {}

    /**
     * May or may not have been applied, once or later. The caller promises nothing to anybody: SIP answers 503.
     *
     * @param reason for the log
     * @param <R> the answer's type
     */
    record Unknown<R>(String reason) implements Outcome<R> {}

    /**
     * Takes one of two ways.
     *
     * @param applied for an acknowledged change
     * @param unknown for an uncertain one
     * @param <T> the result's type
     * @return what the way taken returns
     */
    default <T> T match(Function<R, T> applied, Supplier<T> unknown) {
        return this instanceof Applied<R> done ? applied.apply(done.answer()) : unknown.get();
    }
}
