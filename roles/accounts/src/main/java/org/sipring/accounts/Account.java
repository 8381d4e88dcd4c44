package org.sipring.accounts;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.sipring.sip.SipUri;
import org.sipring.sip.digest.DigestAlgorithm;

/**
 * Somebody who may use the platform. Passwords are not kept, only what digest authentication needs of them.
 *
 * @param aor the address-of-record, such as {@code alice@sipring.test}
 * @param ha1 what is stored of the password for each algorithm, in lower-case hexadecimal. RFC 7616 section 3.4.2
 * @param aliases further addresses of the same domain that are this user's, of the same form; perhaps none
 * @param name what is shown to people; perhaps empty
 * @param contacts the most contacts that may be registered at a time; empty: as many as the platform allows
 * @param rules what becomes of calls to this user
 * @param enabled whether it may be used now
 */
public record Account(
        String aor,
        Map<DigestAlgorithm, String> ha1,
        List<String> aliases,
        String name,
        OptionalInt contacts,
        CallRules rules,
        boolean enabled) {
    /** The longest address that is taken from outside, in characters, {@code @} and domain among them. */
    public static final int LONGEST_ADDRESS = 512;

    /** Copies. */
    public Account {
        ha1 = Map.copyOf(ha1);
        aliases = List.copyOf(aliases);
    }

    /**
     * An account without aliases, name, limits and rules.
     *
     * @param aor the address-of-record
     * @param ha1 what is stored of the password
     * @return the account, enabled
     */
    public static Account of(String aor, Map<DigestAlgorithm, String> ha1) {
        return new Account(aor, ha1, List.of(), "", OptionalInt.empty(), CallRules.NONE, true);
    }

    /**
     * An account without aliases, name, limits and rules.
     *
     * @param aor the address-of-record; its user is the user name, its domain the realm
     * @param password the password
     * @param algorithms what to store for
     * @return the account, enabled
     */
    public static Account of(String aor, String password, List<DigestAlgorithm> algorithms) {
        return of(aor, proofs(aor, password, algorithms));
    }

    private static Map<DigestAlgorithm, String> proofs(String aor, String password, List<DigestAlgorithm> algorithms) {
        int at = aor.lastIndexOf('@');
        String user = aor.substring(0, at);
        String realm = aor.substring(at + 1);
        return algorithms.stream()
                .distinct()
                .collect(Collectors.toMap(
                        algorithm -> algorithm,
                        algorithm -> algorithm.ha1(user, realm, password),
                        (one, other) -> one,
                        () -> new EnumMap<>(DigestAlgorithm.class)));
    }

    /**
     * With another password.
     *
     * @param password the password
     * @param algorithms what to store for
     * @return the changed account
     */
    public Account withPassword(String password, List<DigestAlgorithm> algorithms) {
        return new Account(aor, proofs(aor, password, algorithms), aliases, name, contacts, rules, enabled);
    }

    /**
     * With other aliases.
     *
     * @param others all of them
     * @return the changed account
     */
    public Account withAliases(List<String> others) {
        return new Account(aor, ha1, others, name, contacts, rules, enabled);
    }

    /**
     * With another name.
     *
     * @param shown what is shown to people
     * @return the changed account
     */
    public Account withName(String shown) {
        return new Account(aor, ha1, aliases, shown, contacts, rules, enabled);
    }

    /**
     * With another limit.
     *
     * @param most the most contacts at a time; empty: as many as the platform allows
     * @return the changed account
     */
    public Account withContacts(OptionalInt most) {
        return new Account(aor, ha1, aliases, name, most, rules, enabled);
    }

    /**
     * With other rules.
     *
     * @param others what becomes of calls to this user
     * @return the changed account
     */
    public Account withRules(CallRules others) {
        return new Account(aor, ha1, aliases, name, contacts, others, enabled);
    }

    /**
     * Enabled or not.
     *
     * @param may whether it may be used now
     * @return the changed account
     */
    public Account withEnabled(boolean may) {
        return new Account(aor, ha1, aliases, name, contacts, rules, may);
    }

    /**
     * Tells whether a text is of the form that addresses have here.
     *
     * @param text any
     * @return true for {@code user@domain}, the domain in lower case
     */
    public static boolean isAddress(String text) {
        return text.indexOf('@') > 0
                && text.chars().noneMatch(Character::isISOControl)
                && SipUri.parse("sip:" + text).map(SipUri::aor).equals(Optional.of(text));
    }

    /**
     * Tells whether an address is this user's.
     *
     * @param address an address of the same form as the address-of-record
     * @return true for the address-of-record and the aliases
     */
    public boolean owns(String address) {
        return address.equals(aor) || aliases.contains(address);
    }

    /** Without what is stored of the password, which is as good as the password: logs and reports of tests show this. */
    @Override
    public String toString() {
        return "Account[aor=" + aor + ", ha1 for " + new TreeSet<>(ha1.keySet()) + ", aliases=" + aliases + ", name="
                + name + ", contacts=" + contacts + ", rules=" + rules + ", enabled=" + enabled + ']';
    }

    /**
     * What is stored of the password for an algorithm.
     *
     * @param algorithm the algorithm
     * @return in lower-case hexadecimal, or empty when nothing is
     */
    public Optional<String> ha1(DigestAlgorithm algorithm) {
        return Optional.ofNullable(ha1.get(algorithm));
    }
}
