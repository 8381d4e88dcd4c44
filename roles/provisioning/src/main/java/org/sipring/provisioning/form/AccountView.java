package org.sipring.provisioning.form;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.TreeMap;
import org.sipring.accounts.Account;
import org.sipring.accounts.CallForwarding;

/** Shows an account, in the words that {@link AccountForm} reads. Pure. */
public final class AccountView {
    private AccountView() {}

    /**
     * An account without what only its owner may know.
     *
     * @param account the account
     * @return the document
     */
    public static ObjectNode of(Account account) {
        ObjectNode document = fields(account);
        ArrayNode algorithms = document.putArray("algorithms");
        new TreeMap<>(account.ha1()).keySet().forEach(algorithm -> algorithms.add(algorithm.token()));
        return document;
    }

    /**
     * An account with what is stored of its password, to be taken to another platform.
     *
     * @param account the account
     * @return the document
     */
    public static ObjectNode withSecrets(Account account) {
        ObjectNode document = fields(account);
        ObjectNode ha1 = document.putObject("ha1");
        new TreeMap<>(account.ha1()).forEach((algorithm, hash) -> ha1.put(algorithm.token(), hash));
        return document;
    }

    /**
     * What may be written of an account, its password apart.
     *
     * @param account the account
     * @return the document
     */
    public static ObjectNode fields(Account account) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("address", account.aor()).put("name", account.name()).put("enabled", account.enabled());
        add(document.putArray("aliases"), account.aliases());
        account.contacts().ifPresent(most -> document.put("contacts", most));
        document.put("doNotDisturb", account.rules().doNotDisturb());
        add(document.putArray("blocked"), account.rules().blocked());
        document.set("forwarding", of(account.rules().forwarding()));
        return document;
    }

    private static ObjectNode of(CallForwarding forwarding) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        forwarding.always().ifPresent(to -> document.put("always", to));
        forwarding.busy().ifPresent(to -> document.put("busy", to));
        forwarding.noAnswer().ifPresent(to -> document.put("noAnswer", to));
        document.put("patience", forwarding.patience().toSeconds());
        forwarding.unregistered().ifPresent(to -> document.put("unregistered", to));
        return document;
    }

    private static void add(ArrayNode array, List<String> texts) {
        texts.forEach(array::add);
    }
}
