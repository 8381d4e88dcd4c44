package org.sipring.sip.transport;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The connections that this node opened, by where they lead: an address, or a node. One at a time for each; many
 * callers share it. Callable from any thread.
 */
final class Dialer {
    private final Map<Object, Future<Flow>> known = new ConcurrentHashMap<>();

    /**
     * Finds a connection or opens one.
     *
     * @param where an address or a node
     * @param loop where a new connection will live
     * @param open opens a connection and completes the promise it is given
     * @return the connection's flow, or a failure
     */
    Future<Flow> dial(Object where, EventLoop loop, Consumer<Promise<Flow>> open) {
        Promise<Flow> mine = loop.newPromise();
        Future<Flow> present = known.putIfAbsent(where, mine);
        if (present != null) {
            return present;
        }
        mine.addListener(done -> {
            if (!done.isSuccess()) {
                known.remove(where, mine);
            }
        });
        open.accept(mine);
        return mine;
    }

    /** Forgets a connection that has been closed. */
    void forget(Object where, Future<Flow> dialled) {
        known.remove(where, dialled);
    }
}
