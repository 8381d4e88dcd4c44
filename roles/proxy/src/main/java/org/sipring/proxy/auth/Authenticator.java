package org.sipring.proxy.auth;

import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.sipring.accounts.Account;
import org.sipring.accounts.Accounts;
import org.sipring.accounts.domain.HostedDomain;
import org.sipring.api.Chance;
import org.sipring.sip.HeaderName;
import org.sipring.sip.MessageBuilder;
import org.sipring.sip.Responses;
import org.sipring.sip.SipMessage;
import org.sipring.sip.Status;
import org.sipring.sip.digest.DigestAlgorithm;
import org.sipring.sip.digest.DigestChallenge;
import org.sipring.sip.digest.DigestResponse;
import org.sipring.sip.transport.Flow;

/**
 * Digest authentication of requests. RFC 3261 sections 22.2 and 22.3, RFC 7616. Callable from any thread.
 *
 * <p>An unknown user and a wrong password get the same answer after the same work: an unknown user is compared with a
 * decoy. ACK and CANCEL cannot be challenged (RFC 3261 section 22.1) and must not come here.
 */
public final class Authenticator {
    private static final int TAG_BYTES = 6;

    private final AuthSettings settings;
    private final Accounts accounts;
    private final Nonces nonces;
    private final Chance chance;
    private final Suspicion suspicion;
    private final byte[] nobody;
    private final Account decoy;
    private final Claim callers;
    private final Predicate<String> servers;

    /**
     * An authenticator.
     *
     * @param settings what users must prove
     * @param accounts who they are
     * @param nonces this node's nonces
     * @param chance for tags and the decoy
     * @param nodes tells whether a host is the address of a node, as numbers; from any thread
     * @param suspicion hears of wrong proofs
     */
    public Authenticator(
            AuthSettings settings,
            Accounts accounts,
            Nonces nonces,
            Chance chance,
            Predicate<String> nodes,
            Suspicion suspicion) {
        this.settings = settings;
        this.accounts = accounts;
        this.nonces = nonces;
        this.chance = chance;
        this.suspicion = suspicion;
        String password = HexFormat.of().formatHex(chance.bytes(32));
        this.decoy = Account.of("decoy@" + settings.first().name(), password, List.of(DigestAlgorithm.values()));
        this.nobody = Accounts.CODEC.encode(decoy);
        this.servers = host -> settings.hold(host) || nodes.test(host);
        this.callers = Claim.caller(servers);
    }

    /** Who asks for the proof: with which status code, in which headers. */
    private enum Side {
        REGISTRAR(401, HeaderName.WWW_AUTHENTICATE, HeaderName.AUTHORIZATION),
        PROXY(407, HeaderName.PROXY_AUTHENTICATE, HeaderName.PROXY_AUTHORIZATION);

        private final int status;
        private final HeaderName challenge;
        private final HeaderName credentials;

        Side(int status, HeaderName challenge, HeaderName credentials) {
            this.status = status;
            this.challenge = challenge;
            this.credentials = credentials;
        }
    }

    private record Proof(DigestResponse credentials, Account account) {}

    /**
     * Judges the sender of a REGISTER: To must be an address of its own. RFC 3261 section 10.3 steps 3 and 4.
     *
     * @param request the REGISTER
     * @param from where it came from
     * @return the verdict, on any thread; never fails
     */
    public CompletionStage<Verdict> judgeRegister(SipMessage request, Flow from) {
        return judge(request, from, Side.REGISTRAR, Claim::registered);
    }

    /**
     * Judges the sender of a request to be forwarded: From must be an address of its own, or anonymous; or else its
     * P-Preferred-Identity, and From none of a domain that has users here, nor of a node.
     *
     * @param request neither ACK nor CANCEL
     * @param from where it came from
     * @return the verdict, on any thread; never fails
     */
    public CompletionStage<Verdict> judgeRequest(SipMessage request, Flow from) {
        return judge(request, from, Side.PROXY, callers);
    }

    private CompletionStage<Verdict> judge(SipMessage request, Flow from, Side side, Claim speaksFor) {
        long source = suspicion.source(from);
        List<DigestResponse> given = credentials(request, side).toList();
        Optional<Proof> proof = given.stream()
                .map(credentials -> new Proof(credentials, account(credentials)))
                .filter(candidate -> sound(candidate, request))
                .findFirst();
        if (proof.isEmpty()) {
            return done(challenge(request, side, source, !given.isEmpty() && !suspected(given, request, from)));
        }
        DigestResponse credentials = proof.get().credentials();
        return nonces.use(credentials.nonce(), credentials.nonceCount(), source)
                .thenApply(fresh ->
                        fresh ? proved(request, proof.get(), speaksFor) : challenge(request, side, source, true));
    }

    /**
     * Tells of a wrong proof; not of one with a nonce that is not its sender's. Such a sender is told only that the nonce is
     * stale, as it is when the proof is right: it may guess, but never learns.
     */
    private boolean suspected(List<DigestResponse> given, SipMessage request, Flow from) {
        long source = suspicion.source(from);
        Optional<DigestResponse> wrong = given.stream()
                .filter(one -> nonces.issuedTo(one.nonce(), source))
                .findFirst();
        wrong.ifPresent(one -> suspicion.failed(from, request, one.username()));
        return wrong.isPresent();
    }

    /** Each is checked alone, RFC 8760 section 2.4; there are no more than challenges. */
    private Stream<DigestResponse> credentials(SipMessage request, Side side) {
        return request.headers(side.credentials).stream()
                .flatMap(header -> DigestResponse.parse(header).stream())
                .filter(this::isOffered)
                .limit(DigestAlgorithm.values().length);
    }

    private boolean isOffered(DigestResponse response) {
        return settings.named(response.realm())
                .filter(realm -> realm.algorithms().contains(response.algorithm()))
                .isPresent();
    }

    private Account account(DigestResponse credentials) {
        String aor = credentials.username() + '@' + credentials.realm();
        return accounts.find(aor).orElseGet(() -> Accounts.CODEC.decode(nobody));
    }

    private boolean sound(Proof proof, SipMessage request) {
        DigestAlgorithm algorithm = proof.credentials().algorithm();
        String ha1 =
                proof.account().ha1(algorithm).or(() -> decoy.ha1(algorithm)).orElseThrow();
        return proof.credentials().proves(ha1, request.method(), request.body());
    }

    private Verdict proved(SipMessage request, Proof proof, Claim claim) {
        if (!proof.credentials().isFor(request.requestUri(), servers)) {
            return refuse(request, 400, "Digest Uri Does Not Match");
        }
        Account account = proof.account();
        if (!settings.serve(account)) {
            return refuse(request, 403, "Account Is Disabled");
        }
        return claim.identity(request, account)
                .<Verdict>map(
                        identity -> new Verdict.Admitted(account.aor(), Optional.of(identity), account.contacts()))
                .orElseGet(() -> refuse(request, 403, "Not Your Address"));
    }

    private Verdict challenge(SipMessage request, Side side, long source, boolean stale) {
        String nonce = nonces.issue(source);
        HostedDomain realm =
                side == Side.REGISTRAR ? Asked.registering(request, settings) : Asked.calling(request, settings);
        MessageBuilder edit = respond(request, side.status, Status.reason(side.status));
        for (DigestAlgorithm algorithm : realm.algorithms()) {
            DigestChallenge challenge = new DigestChallenge(realm.name(), nonce, algorithm, settings.qop(), stale);
            edit.add(side.challenge, challenge.toString());
        }
        return new Verdict.Refused(edit.build());
    }

    private Verdict refuse(SipMessage request, int status, String reason) {
        return new Verdict.Refused(respond(request, status, reason).build());
    }

    private MessageBuilder respond(SipMessage request, int status, String reason) {
        String tag = HexFormat.of().formatHex(chance.bytes(TAG_BYTES));
        return Responses.of(request, status, reason, tag).edit();
    }

    private static CompletionStage<Verdict> done(Verdict verdict) {
        return CompletableFuture.completedFuture(verdict);
    }
}
