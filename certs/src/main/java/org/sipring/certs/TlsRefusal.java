package org.sipring.certs;

import java.security.cert.CertificateException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Says in an operator's words why two nodes did not come together. */
public final class TlsRefusal {
    // How JSSE words an alert that it received.
    private static final Pattern ALERT = Pattern.compile("Received fatal alert: (\\w+)");

    private TlsRefusal() {}

    /**
     * Explains a failed handshake or a connection that broke right after one.
     *
     * @param failure what was caught
     * @return one sentence; the failure's own text where it is not about certificates
     */
    public static String explain(Throwable failure) {
        return rule(failure).or(() -> alert(failure)).orElseGet(() -> String.valueOf(failure.getMessage()));
    }

    // Our own judgement of the peer.
    private static Optional<String> rule(Throwable failure) {
        return causes(failure)
                .filter(CertificateException.class::isInstance)
                .map(cause -> "this node refuses the peer: " + cause.getMessage())
                .findFirst();
    }

    // The peer's judgement of us: TLS tells no more than an alert (RFC 8446 section 6.2).
    private static Optional<String> alert(Throwable failure) {
        return causes(failure)
                .filter(SSLException.class::isInstance)
                .map(cause -> String.valueOf(cause.getMessage()))
                .map(ALERT::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .map(name -> "the peer refuses this node (TLS alert " + name + "): " + meaning(name))
                .findFirst();
    }

    private static String meaning(String alert) {
        return switch (alert) {
            case "certificate_revoked" -> "this node's certificate is revoked; issue a new identity";
            case "certificate_expired" -> "this node's certificate has expired; renew it, or set the clocks right";
            case "certificate_unknown", "bad_certificate" ->
                "this node's certificate is of another CA or domain, expired or revoked; the peer's log says which";
            default -> "see the peer's log";
        };
    }

    private static Stream<Throwable> causes(@Nullable Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(20)
                .map(Throwable.class::cast);
    }
}
