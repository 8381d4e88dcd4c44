package org.sipring.overlay.forming;

/** This node may not be on the platform, and waiting does not help. The message says why and what to do. */
public final class OverlayRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * A refusal.
     *
     * @param reason for the operator
     */
    public OverlayRefusedException(String reason) {
        super(reason);
    }
}
