package org.sipring.proxy.core;

import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.sipring.sip.transaction.ServerTransaction;
import org.sipring.sip.transaction.TransactionLayer;

/** How the answers of others are heard in the loop that works on a message. */
@FunctionalInterface
interface Hearing {
    /**
     * Goes on with the work when others have answered, at once where they have.
     *
     * @param stage completes on any thread
     * @param then hears the value in the loop
     * @param failed hears a failure in the loop
     * @param <T> the value's type
     */
    <T> void hear(CompletionStage<T> stage, Consumer<T> then, Runnable failed);

    /** For a request: its transaction ends when any of the work on it fails, see {@link ServerTransaction#work}. */
    static Hearing of(ServerTransaction transaction, TransactionLayer layer) {
        return new Hearing() {
            @Override
            public <T> void hear(CompletionStage<T> stage, Consumer<T> then, Runnable failed) {
                layer.hear(transaction, stage, then, failed);
            }
        };
    }

    /** For an ACK, which nobody can be told anything of. */
    static Hearing ofAck(TransactionLayer layer) {
        return layer::hear;
    }
}
