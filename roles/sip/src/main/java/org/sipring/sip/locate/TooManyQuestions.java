package org.sipring.sip.locate;

import java.io.IOException;

/** A question was not asked, since too many wait for an answer. It says nothing of the name that was asked for. */
public final class TooManyQuestions extends IOException {
    private static final long serialVersionUID = 1;

    /** Says so. */
    public TooManyQuestions() {
        super("too many questions wait for an answer");
    }
}
