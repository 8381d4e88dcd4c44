package org.sipring.api;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** Something a node can do. Methods are called by the node's lifecycle, one at a time. */
public interface Role {
    /**
     * The role's name.
     *
     * @return as certificates write it
     */
    RoleName name();

    /**
     * Opens sockets and begins to serve.
     *
     * @param context what the role may use
     * @return completes when it serves; fails when it cannot, with a message that says what to do next
     */
    CompletionStage<Void> start(RoleContext context);

    /**
     * Takes nothing new and lets what it has come to an end.
     *
     * @param limit when to stop waiting
     * @return completes when nothing is left or the limit has passed
     */
    CompletionStage<Void> drain(Duration limit);

    /** Closes everything at once. Also after a failed start. */
    void stop();

    /**
     * How it feels. Callable from any thread.
     *
     * @return its health now
     */
    Health health();
}
