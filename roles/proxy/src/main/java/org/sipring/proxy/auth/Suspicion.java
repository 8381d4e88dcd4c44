package org.sipring.proxy.auth;

import org.sipring.sip.SipMessage;
import org.sipring.sip.transport.Flow;

/** Hears of those who prove wrongly who they are. Callable from any thread. */
public interface Suspicion {
    /** Suspects nobody, and takes all senders for one. */
    Suspicion NONE = new Suspicion() {
        @Override
        public long source(Flow from) {
            return 0;
        }

        @Override
        public void failed(Flow from, SipMessage request, String user) {}
    };

    /**
     * Names a sender. A nonce is good for the sender only that it was given to.
     *
     * @param from where a request came from
     * @return its number; the same for those that may share nonces
     */
    long source(Flow from);

    /**
     * Hears of a wrong proof. It was made with a nonce that had been given to the same sender, so that the sender is really
     * there and nobody has forged its address.
     *
     * @param from where the request came from
     * @param request what was asked
     * @param user whose proof it should have been; anything that a stranger may write
     */
    void failed(Flow from, SipMessage request, String user);
}
