package org.sipring.sip.digest;

import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.sipring.api.Chance;
import org.sipring.sip.CSeq;
import org.sipring.sip.HeaderName;
import org.sipring.sip.MessageBuilder;
import org.sipring.sip.SipMessage;

/** A phone's half of digest authentication. RFC 3261 section 22. For one thread. */
public final class DigestClient {
    private static final int CNONCE_BYTES = 8;

    private final String user;
    private final String password;
    private final Chance chance;
    private String nonce = "";
    private int count;

    /**
     * Takes what the user knows.
     *
     * @param user the user name
     * @param password the password
     * @param chance for the client's one-time texts
     */
    public DigestClient(String user, String password, Chance chance) {
        this.user = user;
        this.password = password;
        this.chance = chance;
    }

    /**
     * Answers a 401 or 407: the request again, its CSeq one higher, with credentials for the strongest challenge that
     * is supported. The caller gives it a Via with a new branch.
     *
     * @param request what was refused
     * @param refusal the 401 or 407
     * @return empty when no challenge is supported
     */
    public Optional<MessageBuilder> retry(SipMessage request, SipMessage refusal) {
        boolean proxy = refusal.status() == 407;
        List<String> headers = refusal.headers(proxy ? HeaderName.PROXY_AUTHENTICATE : HeaderName.WWW_AUTHENTICATE);
        CSeq next = new CSeq(request.cseq().number() + 1, request.method());
        return headers.stream()
                .flatMap(header -> DigestChallenge.parse(header).stream())
                .max(Comparator.comparing(DigestChallenge::algorithm))
                .map(challenge -> request.edit()
                        .set(HeaderName.CSEQ, next.toString())
                        .set(
                                proxy ? HeaderName.PROXY_AUTHORIZATION : HeaderName.AUTHORIZATION,
                                answer(challenge, request).toString()));
    }

    /**
     * The credentials for a request. Counts the uses of a nonce.
     *
     * @param challenge what the server asks for
     * @param request the request to protect
     * @return the credentials
     */
    public DigestResponse answer(DigestChallenge challenge, SipMessage request) {
        count = challenge.nonce().equals(nonce) ? count + 1 : 1;
        nonce = challenge.nonce();
        String qop = Stream.of("auth", "auth-int")
                .filter(challenge.qop()::contains)
                .findFirst()
                .orElse("");
        DigestResponse open = new DigestResponse(
                user,
                challenge.realm(),
                challenge.nonce(),
                request.requestUri(),
                challenge.algorithm(),
                qop,
                qop.isEmpty() ? "" : HexFormat.of().formatHex(chance.bytes(CNONCE_BYTES)),
                qop.isEmpty() ? 1 : count,
                "");
        String ha1 = challenge.algorithm().ha1(user, challenge.realm(), password);
        return open.with(open.proof(ha1, request.method(), request.body()));
    }
}
