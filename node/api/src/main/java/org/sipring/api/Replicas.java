package org.sipring.api;

import java.util.concurrent.CompletionStage;

/** Where the platform's documents are kept, as far as operators have a say in it. Callable from any thread. */
public interface Replicas {
    /**
     * Has another node keep the documents in the place of one, whether that one is alive or dead, as soon as it can be done
     * without losing any. Whoever leads does it within seconds; asked once more it changes nothing more.
     *
     * @param node whose replica is to leave
     * @return what became of it; fails as the store does
     */
    CompletionStage<Outcome> replace(NodeId node);

    /** What became of an order. */
    enum Outcome {
        /** It stays until it has been carried out. */
        ORDERED,
        /** The node keeps no replica. */
        KEEPS_NONE,
        /** No other node that could keep one is there. */
        NO_SUCCESSOR,
        /** The store does not say who keeps it; it will in a moment. */
        UNKNOWN
    }
}
