package org.sipring.overlay.forming;

/** What the operator asked for when the node was started. */
public enum Wish {
    /** Nothing special: join the platform, or form it again with a majority of its members. */
    JOIN,
    /** {@code --bootstrap}: a new platform begins with this node. */
    BOOTSTRAP,
    /** {@code --force-form}: form the platform although a majority of its members is missing. */
    FORCE_FORM;

    /**
     * What is left to do after an attempt: nothing is done twice.
     *
     * @param formed whether this node was the one to form the platform
     * @return the wish for the next attempt
     */
    public Wish afterTrying(boolean formed) {
        return this == FORCE_FORM && !formed ? FORCE_FORM : JOIN;
    }
}
