package org.sipring.proxy.auth;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.sipring.sip.digest.DigestAlgorithm;

/**
 * Somebody who may use the platform. Passwords are not kept, only what digest authentication needs of them.
 *
 * @param aor the address-of-record, such as {@code alice@sipring.test}
 * @param ha1 what is stored of the password for each algorithm, in lower-case hexadecimal. RFC 7616 section 3.4.2
 * @param aliases further addresses of the same domain that are this user's, of the same form; perhaps none
 * @param enabled whether it may be used now
 */
public record Account(String aor, Map<DigestAlgorithm, String> ha1, List<String> aliases, boolean enabled) {
    /** Copies. */
    public Account {
        ha1 = Map.copyOf(ha1);
        aliases = List.copyOf(aliases);
    }

    /**
     * A new account.
     *
     * @param aor the address-of-record; its user is the user name, its domain the realm
     * @param password the password
     * @param algorithms what to store for
     * @return the account, enabled
     */
    public static Account of(String aor, String password, List<DigestAlgorithm> algorithms) {
        int at = aor.lastIndexOf('@');
        String user = aor.substring(0, at);
        String realm = aor.substring(at + 1);
        return new Account(
                aor,
                algorithms.stream()
                        .distinct()
                        .collect(Collectors.toMap(
                                algorithm -> algorithm,
                                algorithm -> algorithm.ha1(user, realm, password),
                                (one, other) -> one,
                                () -> new EnumMap<>(DigestAlgorithm.class))),
                List.of(),
                true);
    }

    /** Whether an address is this user's. */
    boolean owns(String address) {
        return address.equals(aor) || aliases.contains(address);
    }

    Optional<String> ha1(DigestAlgorithm algorithm) {
        return Optional.ofNullable(ha1.get(algorithm));
    }
}
