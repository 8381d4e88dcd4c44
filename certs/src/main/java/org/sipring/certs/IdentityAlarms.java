package org.sipring.certs;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What the operator should know of a node's certificate and revocation list. Pure. */
final class IdentityAlarms {
    private IdentityAlarms() {}

    /** One sentence each. */
    static List<String> of(X509Certificate certificate, RevocationList crl, Instant now) {
        List<String> alarms = new ArrayList<>();
        if (crl.revokes(certificate)) {
            alarms.add("this node's certificate is revoked: it takes no part any more");
        }
        if (crl.staleAt(now)) {
            alarms.add("the revocation list was due at " + crl.nextUpdate()
                    + ": run 'sipring ca refresh' and copy crl.pem to any node");
        }
        if (now.isAfter(renewalDue(certificate))) {
            alarms.add("this node's certificate ends at "
                    + certificate.getNotAfter().toInstant() + ": run 'sipring ca renew'");
        }
        return alarms;
    }

    private static Instant renewalDue(X509Certificate certificate) {
        Instant from = certificate.getNotBefore().toInstant();
        Duration life = Duration.between(from, certificate.getNotAfter().toInstant());
        return from.plus(life.multipliedBy(2).dividedBy(3));
    }
}
