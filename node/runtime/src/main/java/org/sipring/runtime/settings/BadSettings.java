package org.sipring.runtime.settings;

import java.util.List;

/** A configuration that cannot be used: everything that is wrong with it, where, and what to do about each. */
public final class BadSettings extends Exception {
    private static final long serialVersionUID = 1;

    private final transient List<String> mistakes;

    BadSettings(List<String> mistakes) {
        super(String.join("\n", mistakes));
        this.mistakes = List.copyOf(mistakes);
    }

    /**
     * What is wrong.
     *
     * @return one sentence each, with the key, the file and the line
     */
    public List<String> mistakes() {
        return mistakes;
    }
}
