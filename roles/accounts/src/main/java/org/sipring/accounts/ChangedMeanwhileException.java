package org.sipring.accounts;

/** Two wanted to change one address at the same time, and one of them has to try again. */
public final class ChangedMeanwhileException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    /** Says which address. */
    ChangedMeanwhileException(String address) {
        super(address + " was changed by somebody else meanwhile: try again");
    }
}
