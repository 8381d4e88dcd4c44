package org.sipring.sip.transport;

import static org.sipring.sip.transport.Promises.unheard;

import io.netty.channel.ChannelHandlerContext;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What one connection holds of a message that has not arrived whole: it must end in time, and all that have begun must fit
 * in memory. For the connection's thread.
 */
final class HeldBytes {
    private final NettyLoop loop;
    private int held;
    private @Nullable Future<?> rest;

    HeldBytes(NettyLoop loop) {
        this.loop = loop;
    }

    /**
     * Something arrived.
     *
     * @param now bytes held after it
     * @param whole whether it ended a message
     */
    void changed(ChannelHandlerContext context, int now, boolean whole) {
        int more = now - held;
        held = now;
        if (!loop.connections().hold(more)) {
            unheard(context.close());
        }
        if (rest != null && (whole || held == 0)) {
            rest.cancel(false);
            rest = null;
        }
        if (rest == null && held > 0) {
            rest = context.executor()
                    .schedule(
                            () -> unheard(context.close()),
                            loop.limits().greeting().toMillis(),
                            TimeUnit.MILLISECONDS);
        }
    }

    /** The connection has ended. */
    void gone() {
        loop.connections().hold(-held);
        held = 0;
        if (rest != null) {
            rest.cancel(false);
        }
    }
}
