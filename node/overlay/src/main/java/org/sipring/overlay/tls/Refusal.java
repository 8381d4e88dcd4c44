package org.sipring.overlay.tls;

import java.security.cert.CertificateException;
import org.jspecify.annotations.Nullable;
import org.sipring.api.Identity;

/** Words for the operator about a handshake that failed. */
public final class Refusal {
    private Refusal() {}

    /**
     * Says who refused whom and why, and what to look at.
     *
     * @param remote the other side's address
     * @param dialled whether this node opened the connection
     * @param peer who it is, where that is known
     * @param cause what the handshake ended with
     * @return a sentence
     */
    public static String explain(String remote, boolean dialled, Identity.@Nullable Holder peer, Exception cause) {
        String who = peer == null ? remote : peer.node() + " at " + remote;
        String reason = reason(cause);
        if (reason.contains("no_application_protocol")) {
            return who + " is not a member at the moment: it waits to join, or speaks another version";
        }
        if (reason.contains("certificate_revoked")) {
            return who + " refused this node's certificate: it is revoked";
        }
        if (reason.contains("fatal alert") && dialled) {
            // This node has found the other's certificate good: it is of the same CA and domain.
            return who + " refused this node's certificate (" + reason + "): it is revoked, or has expired by that"
                    + " node's clock. Its log says which";
        }
        if (reason.contains("fatal alert")) {
            return who + " refused this node's certificate (" + reason + "): "
                    + "is it of the same CA and domain, not expired and not revoked? Its log says which";
        }
        return "refused " + (dialled ? "to speak to " : "") + who + ": " + reason;
    }

    /** The innermost certificate error says most; JSSE wraps it several times. */
    private static String reason(Exception cause) {
        String best = String.valueOf(cause.getMessage());
        for (Throwable inner = cause; inner != null; inner = inner.getCause()) {
            if (inner instanceof CertificateException && inner.getMessage() != null) {
                best = inner.getMessage();
            }
        }
        return best;
    }
}
