package org.sipring.proxy.journal;

/** Where decisions are noted. Each instance lives in one loop; noting never fails and never waits. */
@FunctionalInterface
public interface Journal {
    /** Forgets everything at once. */
    Journal NONE = (call, decision, details) -> {};

    /**
     * Notes a decision. Nothing that is handed over is kept: the words are copied, shortened where they are long.
     *
     * @param call the Call-ID
     * @param decision what was decided
     * @param details one for each gap in the decision's sentence: texts, numbers, or {@link
     *     org.sipring.sip.transport.Flow}s. Of a SIP URI only scheme, user, host and port are noted. Never a secret
     */
    void note(String call, Decision decision, Object... details);
}
