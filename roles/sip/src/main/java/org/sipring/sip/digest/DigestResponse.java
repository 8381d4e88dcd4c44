package org.sipring.sip.digest;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.sipring.sip.SipUri;

/**
 * A client's credentials: the value of Authorization or Proxy-Authorization. RFC 7616 section 3.4.
 *
 * @param username the user's name
 * @param realm whose password it proves
 * @param nonce the server's one-time text
 * @param uri the request's URI as the client knew it
 * @param algorithm the hash
 * @param qop {@code auth}, {@code auth-int}, or empty for a client of RFC 2069
 * @param cnonce the client's one-time text; empty without qop
 * @param nonceCount how often the client has used the nonce, this time included; 1 without qop
 * @param response the proof, in hexadecimal
 */
public record DigestResponse(
        String username,
        String realm,
        String nonce,
        String uri,
        DigestAlgorithm algorithm,
        String qop,
        String cnonce,
        int nonceCount,
        String response) {
    /**
     * Reads a header.
     *
     * @param header its value
     * @return the credentials; empty when they are malformed, of another scheme or of an algorithm not supported
     */
    public static Optional<DigestResponse> parse(String header) {
        return AuthParams.parse(header)
                .filter(params -> params.has("username", "realm", "nonce", "uri", "response"))
                .flatMap(DigestResponse::read)
                .filter(DigestResponse::sound);
    }

    /**
     * Tells whose credentials a header holds, sound or not.
     *
     * @param header its value
     * @return the realm; empty for another scheme and where none can be read
     */
    public static Optional<String> realm(String header) {
        return AuthParams.parse(header).map(params -> params.get("realm"));
    }

    private static Optional<DigestResponse> read(AuthParams params) {
        String qop = params.get("qop", "").toLowerCase(Locale.ROOT);
        int count = qop.isEmpty() ? 1 : count(params.get("nc", ""));
        return DigestAlgorithm.named(params.get("algorithm", "MD5"))
                .map(algorithm -> new DigestResponse(
                        params.get("username", ""),
                        params.get("realm", ""),
                        params.get("nonce", ""),
                        params.get("uri", ""),
                        algorithm,
                        qop,
                        qop.isEmpty() ? "" : params.get("cnonce", ""),
                        count,
                        params.get("response", "").toLowerCase(Locale.ROOT)));
    }

    private static int count(String hex) {
        boolean sound = hex.length() == 8 && hex.chars().allMatch(c -> c < 128 && Character.digit(c, 16) >= 0);
        return sound ? (int) Math.min(Integer.MAX_VALUE, Long.parseLong(hex, 16)) : 0;
    }

    private boolean sound() {
        boolean protectedOnce = qop.isEmpty() || ((qop.equals("auth") || qop.equals("auth-int")) && !cnonce.isEmpty());
        return protectedOnce && nonceCount > 0 && algorithm.isHash(response);
    }

    /**
     * Checks the proof, in the same time whether it is right or wrong.
     *
     * @param ha1 what is stored of the password for {@link #algorithm}, in lower-case hexadecimal
     * @param method the request's method
     * @param body the request's body
     * @return true when the client knows the password
     */
    public boolean proves(String ha1, String method, byte[] body) {
        byte[] wanted = proof(ha1, method, body).getBytes(StandardCharsets.US_ASCII);
        return MessageDigest.isEqual(wanted, response.getBytes(StandardCharsets.US_ASCII));
    }

    /** RFC 7616 section 3.4.1; without qop RFC 2617 section 3.2.2.1. */
    String proof(String ha1, String method, byte[] body) {
        String protectedBody = qop.equals("auth-int") ? ':' + algorithm.hash(body) : "";
        String ha2 = algorithm.hash(method + ':' + uri + protectedBody);
        String once = qop.isEmpty() ? nonce : nonce + ':' + nonceCountHex() + ':' + cnonce + ':' + qop;
        return algorithm.hash(ha1 + ':' + once + ':' + ha2);
    }

    private String nonceCountHex() {
        return String.format(Locale.ROOT, "%08x", nonceCount);
    }

    /**
     * Tells whether the credentials are for the resource that the request names. RFC 7616 section 3.4.6. Ports and
     * parameters may differ: a phone need not know what a proxy on the way made of its Request-URI. A URI without a
     * user that names a server of ours fits every request: sipp and some phones write where they send to. One that names
     * another's server does not: whoever runs that may have passed our challenge on.
     *
     * @param requestUri the Request-URI
     * @param servers tells whether a host is one of ours
     * @return true when user and host are the same, or the host alone is named and ours
     */
    public boolean isFor(String requestUri, Predicate<String> servers) {
        Optional<SipUri> named = SipUri.parse(uri);
        return uri.equals(requestUri)
                || named.filter(server -> server.user().isEmpty() && servers.test(server.host()))
                        .isPresent()
                || (named.isPresent()
                        && named.map(SipUri::aor)
                                .equals(SipUri.parse(requestUri).map(SipUri::aor)));
    }

    DigestResponse with(String proof) {
        return new DigestResponse(username, realm, nonce, uri, algorithm, qop, cnonce, nonceCount, proof);
    }

    /** The header's value. */
    @Override
    public String toString() {
        String once = qop.isEmpty()
                ? ""
                : ", cnonce=" + AuthParams.quote(cnonce) + ", qop=" + qop + ", nc=" + nonceCountHex();
        return "Digest username="
                + AuthParams.quote(username)
                + ", realm="
                + AuthParams.quote(realm)
                + ", nonce="
                + AuthParams.quote(nonce)
                + ", uri="
                + AuthParams.quote(uri)
                + ", response=\""
                + response
                + "\", algorithm="
                + algorithm.token()
                + once;
    }
}
