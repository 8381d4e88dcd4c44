package org.sipring.provisioning.access;

import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.sipring.accounts.Account;
import org.sipring.accounts.Accounts;
import org.sipring.accounts.domain.HostedDomain;
import org.sipring.accounts.domain.HostedDomains;
import org.sipring.api.Chance;
import org.sipring.http.HttpRequest;
import org.sipring.sip.digest.DigestAlgorithm;
import org.sipring.sip.digest.DigestChallenge;
import org.sipring.sip.digest.DigestResponse;

/**
 * Subscribers who prove that they know their passwords. RFC 7616. An unknown user and a wrong password get the same answer
 * after the same work.
 */
final class Digests {
    private static final List<String> QOP = List.of("auth");

    private final HostedDomains domains;
    private final Accounts accounts;
    private final HttpNonces nonces;
    private final Account decoy;
    private final byte[] nobody;

    Digests(HostedDomains domains, Accounts accounts, Chance chance, LongSupplier nanos) {
        this.domains = domains;
        this.accounts = accounts;
        this.nonces = new HttpNonces(chance, nanos);
        String password = HexFormat.of().formatHex(chance.bytes(32));
        this.decoy = Account.of("decoy@invalid", password, List.of(DigestAlgorithm.values()));
        this.nobody = Accounts.CODEC.encode(decoy);
    }

    /** What credentials show. */
    enum Result {
        PROVED,
        WRONG,
        STALE,
        OTHER_URI
    }

    /**
     * What credentials show, and of whom.
     *
     * @param result what
     * @param account whose they are, proved or not
     */
    record Judgement(Result result, Account account) {}

    Judgement judge(DigestResponse credentials, HttpRequest request) {
        Optional<Account> known = offered(credentials)
                ? accounts.find(credentials.username() + '@' + credentials.realm())
                : Optional.empty();
        Account account = known.orElseGet(() -> Accounts.CODEC.decode(nobody));
        String ha1 = account.ha1(credentials.algorithm())
                .or(() -> decoy.ha1(credentials.algorithm()))
                .orElseThrow();
        if (!credentials.proves(ha1, request.method(), request.body())) {
            return new Judgement(Result.WRONG, account);
        }
        // RFC 7616 section 3.4.6.
        if (!credentials.uri().equals(request.target())) {
            return new Judgement(Result.OTHER_URI, account);
        }
        boolean fresh = nonces.use(credentials.nonce(), credentials.nonceCount());
        return new Judgement(fresh ? Result.PROVED : Result.STALE, account);
    }

    // Without qop nothing would keep others from sending the same once more.
    private boolean offered(DigestResponse credentials) {
        return QOP.contains(credentials.qop())
                && domains.named(credentials.realm())
                        .filter(domain -> domain.algorithms().contains(credentials.algorithm()))
                        .isPresent();
    }

    /** One challenge for each algorithm, the strongest first: RFC 7616 section 3.7. */
    List<String> challenges(HostedDomain domain, boolean stale) {
        String nonce = nonces.issue();
        return domain.algorithms().stream()
                .map(algorithm -> new DigestChallenge(domain.name(), nonce, algorithm, QOP, stale).toString())
                .toList();
    }
}
