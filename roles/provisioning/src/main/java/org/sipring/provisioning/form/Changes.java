package org.sipring.provisioning.form;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.sipring.accounts.Account;

/** What differs between two states of an account. Pure. */
public final class Changes {
    /** What subscribers may change of their own accounts. */
    private static final Set<String> THEIRS = Set.of("password", "name", "doNotDisturb", "blocked", "forwarding");

    private Changes() {}

    /**
     * The fields that differ.
     *
     * @param before the account as it was
     * @param after the account as it shall be
     * @return their names; never what they hold
     */
    public static List<String> between(Account before, Account after) {
        List<String> changed = new ArrayList<>();
        note(changed, "password", before.ha1(), after.ha1());
        note(changed, "name", before.name(), after.name());
        note(changed, "aliases", before.aliases(), after.aliases());
        note(changed, "contacts", before.contacts(), after.contacts());
        note(changed, "enabled", before.enabled(), after.enabled());
        note(
                changed,
                "doNotDisturb",
                before.rules().doNotDisturb(),
                after.rules().doNotDisturb());
        note(changed, "blocked", before.rules().blocked(), after.rules().blocked());
        note(changed, "forwarding", before.rules().forwarding(), after.rules().forwarding());
        return changed;
    }

    private static void note(List<String> changed, String field, Object before, Object after) {
        if (!before.equals(after)) {
            changed.add(field);
        }
    }

    /**
     * The fields that differ and are not the subscriber's to change; and HA1, which a subscriber has no use for but to make
     * a password that some phones cannot use.
     *
     * @param document what the subscriber has sent
     * @param before the account as it was
     * @param after the account as it shall be
     * @return their names
     */
    public static List<String> notForSubscribers(JsonNode document, Account before, Account after) {
        return Stream.concat(
                        between(before, after).stream().filter(field -> !THEIRS.contains(field)),
                        Stream.of("ha1").filter(document::has))
                .toList();
    }
}
