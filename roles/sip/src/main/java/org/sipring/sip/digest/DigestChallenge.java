package org.sipring.sip.digest;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a server asks for: the value of WWW-Authenticate or Proxy-Authenticate. RFC 7616 section 3.3.
 *
 * @param realm whose password is asked for
 * @param nonce the server's one-time text
 * @param algorithm the hash
 * @param qop the qualities of protection offered, in lower case; may be empty
 * @param stale whether only the nonce was too old: the client tries again without asking its user
 */
public record DigestChallenge(String realm, String nonce, DigestAlgorithm algorithm, List<String> qop, boolean stale) {
    /** Copies the qualities. */
    public DigestChallenge {
        qop = List.copyOf(qop);
    }

    /**
     * Reads a header.
     *
     * @param header its value
     * @return the challenge; empty when it is malformed, of another scheme or of an algorithm not supported
     */
    public static Optional<DigestChallenge> parse(String header) {
        return AuthParams.parse(header)
                .filter(params -> params.has("realm", "nonce"))
                .flatMap(DigestChallenge::read);
    }

    private static Optional<DigestChallenge> read(AuthParams params) {
        List<String> qop = Arrays.stream(
                        params.get("qop", "").toLowerCase(Locale.ROOT).split(",", -1))
                .map(String::trim)
                .filter(quality -> !quality.isEmpty())
                .toList();
        boolean stale = params.get("stale", "").equalsIgnoreCase("true");
        return DigestAlgorithm.named(params.get("algorithm", "MD5"))
                .map(algorithm ->
                        new DigestChallenge(params.get("realm", ""), params.get("nonce", ""), algorithm, qop, stale));
    }

    /** The header's value. */
    @Override
    public String toString() {
        return "Digest realm="
                + AuthParams.quote(realm)
                + ", nonce="
                + AuthParams.quote(nonce)
                + (stale ? ", stale=true" : "")
                + ", algorithm="
                + algorithm.token()
                + (qop.isEmpty() ? "" : ", qop=" + AuthParams.quote(String.join(",", qop)));
    }
}
