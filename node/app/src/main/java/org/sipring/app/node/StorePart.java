package org.sipring.app.node;

import java.util.List;
import java.util.Optional;
import org.sipring.api.Backups;
import org.sipring.api.Replicas;
import org.sipring.api.Store;

/** The platform's accounts and other documents, as a node has them. */
interface StorePart {
    /**
     * Starts it.
     *
     * @throws Exception when its disk or port cannot be used; returns when documents can be read
     */
    void start() throws Exception;

    /**
     * Ends it.
     *
     * @throws Exception when it does not end well
     */
    void stop() throws Exception;

    /** The documents; to be used once it has started. */
    Store store();

    /** Backups of the documents; empty where they are in memory only. To be used once it has started. */
    Optional<Backups> backups();

    /** Which nodes keep them; empty where they are in memory only. To be used once it has started. */
    Optional<Replicas> replicas();

    /** How it is; callable from any thread. */
    StoreState state();

    /** What about it needs the operator; callable from any thread. */
    List<String> alarms();
}
