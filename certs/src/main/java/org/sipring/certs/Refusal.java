package org.sipring.certs;

import java.util.List;

/** A request or a folder that cannot be used: everything that is wrong with it, and what to do about each. */
public final class Refusal extends Exception {
    private static final long serialVersionUID = 1;

    private final transient List<String> mistakes;

    /**
     * Refuses.
     *
     * @param mistakes one sentence each, for the operator; at least one
     */
    public Refusal(List<String> mistakes) {
        super(String.join("\n", mistakes));
        this.mistakes = List.copyOf(mistakes);
    }

    static void ifAny(List<String> mistakes) throws Refusal {
        if (!mistakes.isEmpty()) {
            throw new Refusal(mistakes);
        }
    }

    /**
     * What is wrong.
     *
     * @return one sentence each
     */
    public List<String> mistakes() {
        return mistakes;
    }
}
