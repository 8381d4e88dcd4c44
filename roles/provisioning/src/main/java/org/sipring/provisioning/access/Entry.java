package org.sipring.provisioning.access;

import java.util.function.Function;
import org.sipring.http.HttpReply;

/** Whether somebody is let in. */
public sealed interface Entry {
    /**
     * Somebody known.
     *
     * @param caller who it is
     */
    record Admitted(Caller caller) implements Entry {}

    /**
     * Nobody known.
     *
     * @param reply 400, 401, 403 or 429
     */
    record Refused(HttpReply reply) implements Entry {}

    /**
     * Takes one of two ways.
     *
     * @param admitted for somebody known
     * @param refused for nobody known
     * @param <T> the result's type
     * @return what the way taken returns
     */
    default <T> T match(Function<Caller, T> admitted, Function<HttpReply, T> refused) {
        return this instanceof Admitted one ? admitted.apply(one.caller()) : refused.apply(((Refused) this).reply());
    }
}
