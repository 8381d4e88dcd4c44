package org.sipring.certs;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a CA has issued and revoked. Used under the folder's lock.
 *
 * @param folder where it is kept
 * @param issuer signs the revocation lists
 */
record CaLedger(CaFolder folder, Issuer issuer) {
    /** Remembers that a certificate was issued. */
    void remember(X509Certificate certificate, String node) throws IOException {
        Issued fresh = new Issued(
                certificate.getSerialNumber(), node, certificate.getNotAfter().toInstant(), Optional.empty());
        folder.putIssued(
                Stream.concat(folder.issued().stream(), Stream.of(fresh)).toList());
    }

    /** Until when the last certificate of a node holds that is not revoked; empty when none holds now. */
    Optional<Instant> holdsUntil(String node) throws IOException {
        return folder.issued().stream()
                .filter(entry -> entry.node().equals(node) && entry.revoked().isEmpty())
                .map(Issued::expires)
                .filter(end -> end.isAfter(issuer.now()))
                .max(Comparator.naturalOrder());
    }

    /** The newest list. At half of its life it is signed again: who issues now and then never sees a stale one. */
    RevocationList freshCrl() throws IOException, GeneralSecurityException {
        RevocationList crl = folder.crl(issuer.certificate());
        boolean old = crl.staleAt(issuer.now().plus(Authority.CRL_VALIDITY.dividedBy(2)));
        return old ? nextCrl() : crl;
    }

    /** Signs what is revoked under the next number. */
    RevocationList nextCrl() throws IOException, GeneralSecurityException {
        BigInteger number = folder.crl(issuer.certificate()).number().add(BigInteger.ONE);
        folder.putCrl(issuer.crl(number, folder.issued(), Authority.CRL_VALIDITY));
        return folder.crl(issuer.certificate());
    }

    /**
     * Revokes every certificate that was issued to a node.
     *
     * @throws Refusal when none was
     */
    Authority.Revoked revoke(String node) throws Refusal, IOException, GeneralSecurityException {
        List<Issued> all = folder.issued();
        List<Issued> own =
                all.stream().filter(entry -> entry.node().equals(node)).toList();
        if (own.isEmpty()) {
            throw new Refusal(List.of("no certificate was issued to '" + node + "': known nodes are " + nodes(all)));
        }
        // The memory first: if the power fails before the list is signed, revoking again completes it.
        folder.putIssued(all.stream()
                .map(entry -> entry.node().equals(node) ? entry.revokedAt(issuer.now()) : entry)
                .toList());
        List<Instant> before =
                own.stream().flatMap(entry -> entry.revoked().stream()).sorted().toList();
        return new Authority.Revoked(
                own.size() - before.size(),
                before.stream().reduce((earlier, later) -> later),
                nextCrl().number(),
                folder.crlFile());
    }

    private static String nodes(List<Issued> all) {
        return all.stream().map(Issued::node).distinct().sorted().collect(Collectors.joining(", "));
    }
}
