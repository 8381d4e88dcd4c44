package org.sipring.provisioning.access;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.sipring.accounts.Account;
import org.sipring.accounts.Accounts;
import org.sipring.accounts.domain.HostedDomain;
import org.sipring.accounts.domain.HostedDomains;
import org.sipring.api.Identity;
import org.sipring.http.HttpReply;
import org.sipring.http.HttpRequest;
import org.sipring.provisioning.problem.Problem;
import org.sipring.sip.digest.DigestResponse;

/**
 * Finds out who asks: an operator by certificate, or whoever shows a token or a subscriber's digest. Those who fail too
 * often wait. {@link #judge} is called in one thread.
 */
public final class Gate {
    private static final String BEARER = "Bearer ";
    private static final String CHALLENGE = "WWW-Authenticate";

    private final Certificates certificates;
    private final Tokens tokens;
    private final Accounts accounts;
    private final HostedDomains domains;
    private final Digests digests;
    private final Failures failures;

    /**
     * A gate.
     *
     * @param identity judges certificates
     * @param tokens those that may be shown
     * @param accounts the subscribers
     * @param proofs how they prove who they are
     */
    public Gate(Identity identity, Tokens tokens, Accounts accounts, Proofs proofs) {
        this.certificates = new Certificates(identity);
        this.tokens = tokens;
        this.accounts = accounts;
        this.domains = proofs.domains();
        this.digests = new Digests(domains, accounts, proofs.chance(), proofs.nanos());
        this.failures = new Failures(proofs.nanos());
    }

    /**
     * Tells whether an operator asks. Reads only, so that it may be asked from any thread before the request is judged.
     *
     * @param head the request's head
     * @param now the time of day
     * @return true when certificate or token say so
     */
    public boolean operator(HttpRequest head, Instant now) {
        return certificates.holder(head).filter(Certificates::operator).isPresent()
                || bearer(head)
                        .flatMap(text -> tokens.shown(text, now))
                        .filter(token -> token.caller().operator())
                        .isPresent();
    }

    /**
     * Judges who asks.
     *
     * @param request what is asked
     * @param domain whose subscribers may prove themselves
     * @param now the time of day
     * @return the judgement
     */
    public Entry judge(HttpRequest request, HostedDomain domain, Instant now) {
        Optional<Identity.Holder> holder = certificates.holder(request);
        if (holder.filter(Certificates::operator).isPresent()) {
            return new Entry.Admitted(Certificates.caller(holder.get(), request));
        }
        if (request.field("Authorization").isEmpty()) {
            return holder.map(Gate::noOperator).orElseGet(() -> challenge(domain, false, "say who you are"));
        }
        return failures.wait(request.peer().address())
                .map(Gate::later)
                .orElseGet(() -> judgeCredentials(request, domain, now));
    }

    private static Entry noOperator(Identity.Holder holder) {
        return refuse(
                403,
                "the certificate of " + holder.node() + " does not name role operator: show an operator's, or a token");
    }

    private static Entry later(Duration wait) {
        String seconds = Long.toString(wait.toSeconds() + 1);
        HttpReply reply = new Problem(429, "too many wrong proofs came from there: wait " + seconds + " s").reply();
        return new Entry.Refused(reply.with("Retry-After", seconds));
    }

    private Entry judgeCredentials(HttpRequest request, HostedDomain domain, Instant now) {
        Optional<String> bearer = bearer(request);
        if (bearer.isPresent()) {
            return tokens.shown(bearer.get(), now)
                    .map(this::admit)
                    .orElseGet(() -> failed(request, domain, "the token is not known, or has expired"));
        }
        return request.field("Authorization")
                .flatMap(DigestResponse::parse)
                .map(credentials -> judgeDigest(credentials, request, domain))
                .orElseGet(() ->
                        challenge(domain, false, "the Authorization header is neither Bearer nor a sound Digest"));
    }

    private static Optional<String> bearer(HttpRequest request) {
        return request.field("Authorization")
                .filter(text -> text.regionMatches(true, 0, BEARER, 0, BEARER.length()))
                .map(text -> text.substring(BEARER.length()).trim());
    }

    private Entry admit(Token token) {
        boolean usable = token.account()
                .map(aor -> accounts.find(aor).filter(this::isServed).isPresent())
                .orElse(true);
        return usable
                ? new Entry.Admitted(token.caller())
                : refuse(403, "the token's account is disabled, or is not there any more");
    }

    private Entry judgeDigest(DigestResponse credentials, HttpRequest request, HostedDomain domain) {
        Digests.Judgement judgement = digests.judge(credentials, request);
        return switch (judgement.result()) {
            case PROVED -> admit(judgement.account());
            case WRONG -> failed(request, domain, "the proof is wrong: is it the right user and password?");
            case STALE -> challenge(domain, true, "once more, with the new nonce");
            case OTHER_URI -> refuse(400, "the proof is for another URI than the request's");
        };
    }

    private boolean isServed(Account account) {
        return domains.served(account).enabled();
    }

    private Entry admit(Account account) {
        return isServed(account)
                ? new Entry.Admitted(new Caller("account " + account.aor(), Optional.of(account.aor())))
                : refuse(403, "the account is disabled");
    }

    private Entry failed(HttpRequest request, HostedDomain domain, String why) {
        failures.failed(request.peer().address());
        return challenge(domain, false, why);
    }

    private Entry challenge(HostedDomain domain, boolean stale, String why) {
        HttpReply reply = new Problem(401, why).reply();
        for (String challenge : digests.challenges(domain, stale)) {
            reply = reply.with(CHALLENGE, challenge);
        }
        return new Entry.Refused(reply.with(CHALLENGE, "Bearer realm=\"" + domain.name() + '"'));
    }

    private static Entry refuse(int status, String why) {
        return new Entry.Refused(new Problem(status, why).reply());
    }
}
