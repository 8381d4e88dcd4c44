package org.sipring.api;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * The mutually authenticated network between the nodes of one platform. Callable from any thread.
 *
 * <p>Messages may be lost, delayed or repeated when nodes fail. A receiver sees who sent a message as the handshake
 * proved it, not as the message claims.
 */
public interface Overlay {
    /**
     * This node's name.
     *
     * @return the name in its certificate
     */
    NodeId self();

    /**
     * The members now.
     *
     * @return the newest view; the node itself is in it once it joined
     */
    View view();

    /**
     * Hears of every later view, in order of {@code seq}, one at a time, on the overlay's thread. The newest view is
     * told at once.
     *
     * @param listener must not block
     */
    void onView(Consumer<View> listener);

    /**
     * Says what this node is ready for. The others see it in their next view.
     *
     * @param state the state to show
     */
    void announce(NodeState state);

    /**
     * Says whether this node has so much to do that the others are to spare it. They see it in their next view, as {@link
     * Member#busy}.
     *
     * @param busy whether it has
     */
    void spare(boolean busy);

    /**
     * Answers requests of one subject. At most one handler a subject.
     *
     * @param subject what the messages are about, such as {@code sip.nonce}
     * @param handler answers; runs on the overlay's thread and must not block
     */
    void handle(String subject, Handler handler);

    /**
     * Asks a node.
     *
     * @param to the node to ask
     * @param subject what the message is about
     * @param body at most 1 MiB
     * @param limit how long to wait for the answer
     * @return the answer; fails with an exception when the node is gone, silent or has no handler
     */
    CompletionStage<byte[]> request(NodeId to, String subject, byte[] body, Duration limit);

    /**
     * Tells a node something, with no word of whether it arrived.
     *
     * @param to the node to tell
     * @param subject what the message is about
     * @param body at most 1 MiB
     */
    void send(NodeId to, String subject, byte[] body);

    /**
     * Opens a replicated table. All nodes open the same tables before they announce {@link NodeState#READY}.
     *
     * @param spec the table's rules
     * @param <V> the value's type
     * @return the table
     */
    <V> Table<V> table(Table.Spec<V> spec);

    /** Answers the requests of one subject. */
    @FunctionalInterface
    interface Handler {
        /**
         * Answers.
         *
         * @param from the sender as the handshake proved it
         * @param body what it sent
         * @return the answer; for a one-way message it is dropped
         */
        CompletionStage<byte[]> answer(NodeId from, byte[] body);
    }
}
