package org.sipring.proxy.journal;

/**
 * What is noted of one call. Lives in one loop.
 *
 * @param journal where
 * @param call the Call-ID
 */
public record Story(Journal journal, String call) {
    /** Of what nobody will ask for. */
    public static final Story NONE = new Story(Journal.NONE, "");

    /**
     * Notes a decision.
     *
     * @param decision what was decided
     * @param details as {@link Journal#note} takes them
     */
    public void note(Decision decision, Object... details) {
        journal.note(call, decision, details);
    }
}
