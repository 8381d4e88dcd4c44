package org.sipring.provisioning.form;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.sipring.accounts.Account;
import org.sipring.accounts.CallForwarding;
import org.sipring.accounts.CallRules;
import org.sipring.provisioning.problem.FieldProblem;
import org.sipring.sip.SipUri;
import org.sipring.sip.digest.DigestAlgorithm;

/** Reads an account from the document that somebody sent. Pure. */
public final class AccountForm {
    private static final Set<String> FIELDS = Set.of(
            "address",
            "algorithms",
            "etag",
            "password",
            "ha1",
            "name",
            "aliases",
            "contacts",
            "enabled",
            "doNotDisturb",
            "blocked",
            "forwarding");
    private static final Set<String> FORWARDING_FIELDS =
            Set.of("always", "busy", "noAnswer", "patience", "unregistered");
    private static final int MOST_ALIASES = 50;
    private static final int MOST_BLOCKED = 500;
    private static final int MOST_CONTACTS = 1000;
    private static final int LONGEST = 256;
    private static final int MOST_PATIENCE_SECONDS = 300;
    // RFC 3966 section 3, without parameters of its own.
    private static final Pattern TEL = Pattern.compile("tel:\\+?[0-9*#A-Fa-f().-]+(;[\\x21-\\x7e]+)?");

    private final Subject subject;
    private final List<FieldProblem> problems = new ArrayList<>();
    private final Fields fields;

    private AccountForm(JsonNode document, Subject subject) {
        this.subject = subject;
        this.fields = Fields.of(document, FIELDS, problems);
    }

    /**
     * What a document says.
     *
     * @param account the account, where nothing is wrong
     * @param problems what is wrong
     */
    public record Reading(Optional<Account> account, List<FieldProblem> problems) {
        /** Copies. */
        public Reading {
            problems = List.copyOf(problems);
        }
    }

    /**
     * Reads a document: all of an account. A password that is not mentioned stays as it is.
     *
     * @param document an object; what may only be read is checked, or not looked at
     * @param subject whose it is
     * @return the account, or everything that is wrong
     */
    public static Reading read(JsonNode document, Subject subject) {
        AccountForm form = new AccountForm(document, subject);
        Account account = form.account();
        return new Reading(form.problems.isEmpty() ? Optional.of(account) : Optional.empty(), form.problems);
    }

    private Account account() {
        checkAddress(subject.aor());
        return new Account(
                subject.aor(),
                proofs(),
                fields.texts(
                        "aliases",
                        MOST_ALIASES,
                        this::mayBeAlias,
                        "must be another user@" + subject.domain().name()),
                fields.text(
                                "name",
                                AccountForm::plain,
                                "must be at most " + LONGEST + " characters, no control characters")
                        .orElse(""),
                fields.number("contacts", 1, MOST_CONTACTS),
                rules(),
                fields.flag("enabled", true));
    }

    private void checkAddress(String aor) {
        if (aor.length() > Account.LONGEST_ADDRESS) {
            fields.problem(
                    "address",
                    "must be at most " + Account.LONGEST_ADDRESS + " characters, with @ and the domain, and is "
                            + aor.length());
            return;
        }
        if (!Account.isAddress(aor)) {
            fields.problem("address", aor + " is no address: a user's name as SIP URIs write it, @ and the domain");
        }
        fields.text("address", aor::equals, "must be " + aor + ", as the path says");
    }

    private boolean mayBeAlias(String text) {
        return Account.isAddress(text)
                && text.length() <= LONGEST
                && text.endsWith('@' + subject.domain().name())
                && !text.equals(subject.aor());
    }

    private static boolean plain(String text) {
        return text.length() <= LONGEST && text.chars().noneMatch(Character::isISOControl);
    }

    private Map<DigestAlgorithm, String> proofs() {
        Optional<String> password = fields.text(
                "password",
                text -> !text.isEmpty() && plain(text),
                "must be 1 to " + LONGEST + " characters, no control characters");
        if (fields.has("ha1")) {
            if (fields.has("password")) {
                fields.problem("ha1", "stands beside a password: send one of them");
            }
            return hashes();
        }
        if (subject.present().isEmpty() && !fields.has("password")) {
            fields.problem("password", "is missing: a new account needs one, or ha1");
        }
        return password.map(
                        text -> Account.of(subject.aor(), text, subject.domain().algorithms())
                                .ha1())
                .or(() -> subject.present().map(Account::ha1))
                .orElse(Map.of());
    }

    private Map<DigestAlgorithm, String> hashes() {
        Fields given = fields.object("ha1", tokens());
        Map<DigestAlgorithm, String> ha1 = new EnumMap<>(DigestAlgorithm.class);
        for (DigestAlgorithm algorithm : DigestAlgorithm.values()) {
            given.text(
                            algorithm.token(),
                            algorithm::isHash,
                            "must be the hash of user:domain:password in hexadecimal, in full")
                    .ifPresent(hash -> ha1.put(algorithm, hash.toLowerCase(Locale.ROOT)));
        }
        if (given.names().isEmpty()) {
            fields.problem("ha1", "must hold a hash for MD5, SHA-256 or SHA-512-256");
        }
        return ha1;
    }

    private static Set<String> tokens() {
        return Set.of(
                DigestAlgorithm.MD5.token(), DigestAlgorithm.SHA_256.token(), DigestAlgorithm.SHA_512_256.token());
    }

    private CallRules rules() {
        return new CallRules(
                forwarding(),
                fields.flag("doNotDisturb", false),
                fields.texts(
                        "blocked",
                        MOST_BLOCKED,
                        AccountForm::mayBeBlocked,
                        "must be user@domain, *@domain or " + CallRules.ANONYMOUS));
    }

    private static boolean mayBeBlocked(String text) {
        String some = text.startsWith("*@") ? "a" + text.substring(1) : text;
        return text.length() <= LONGEST && (text.equals(CallRules.ANONYMOUS) || Account.isAddress(some));
    }

    private CallForwarding forwarding() {
        Fields given = fields.object("forwarding", FORWARDING_FIELDS);
        int patience =
                given.number("patience", 1, MOST_PATIENCE_SECONDS).orElse((int) CallForwarding.PATIENCE.toSeconds());
        return new CallForwarding(
                target(given, "always"),
                target(given, "busy"),
                target(given, "noAnswer"),
                Duration.ofSeconds(patience),
                target(given, "unregistered"));
    }

    private static Optional<String> target(Fields given, String name) {
        return given.text(name, AccountForm::mayBeCalled, "must be a SIP, SIPS or tel URI");
    }

    private static boolean mayBeCalled(String text) {
        return text.length() <= LONGEST
                && (SipUri.parse(text).isPresent() || TEL.matcher(text).matches());
    }
}
