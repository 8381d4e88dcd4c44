package org.sipring.provisioning.bulk;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.sipring.sip.digest.DigestAlgorithm;

/**
 * What the columns of a table mean: those of the table {@code subscriber} of Kamailio and OpenSIPS, and ours beside them.
 * Pure.
 */
final class Columns {
    static final String USER = "username";
    static final String DOMAIN = "domain";
    static final String PASSWORD = "password";

    /** OpenSIPS names the columns of the newer algorithms so. */
    static final Map<DigestAlgorithm, String> HASHES = Map.of(
            DigestAlgorithm.MD5, "ha1",
            DigestAlgorithm.SHA_256, "ha1_sha256",
            DigestAlgorithm.SHA_512_256, "ha1_sha512t256");

    static final Map<String, String> FORWARDING = Map.of(
            "forward_always", "always",
            "forward_busy", "busy",
            "forward_no_answer", "noAnswer",
            "forward_unregistered", "unregistered");

    static final String PATIENCE = "forward_patience";
    static final String NAME = "name";
    static final String ALIASES = "aliases";
    static final String BLOCKED = "blocked";
    static final String CONTACTS = "contacts";
    static final String ENABLED = "enabled";
    static final String DO_NOT_DISTURB = "do_not_disturb";

    private static final Set<String> OTHERS =
            Set.of(USER, DOMAIN, PASSWORD, PATIENCE, NAME, ALIASES, BLOCKED, CONTACTS, ENABLED, DO_NOT_DISTURB);
    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

    private final List<String> names;
    private final Set<String> ignored = new TreeSet<>();

    Columns(List<String> names) {
        this.names =
                names.stream().map(name -> name.trim().toLowerCase(Locale.ROOT)).toList();
        this.names.stream().filter(name -> !known(name)).forEach(ignored::add);
    }

    private static boolean known(String name) {
        return OTHERS.contains(name) || HASHES.containsValue(name) || FORWARDING.containsKey(name);
    }

    boolean nameUsers() {
        return names.contains(USER);
    }

    int count() {
        return names.size();
    }

    Set<String> ignored() {
        return ignored;
    }

    /** A line of the table; what is empty is not said. */
    Row row(int line, List<String> values) {
        Map<String, String> said = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            if (!values.get(i).isEmpty()) {
                said.put(names.get(i), values.get(i));
            }
        }
        String user = said.getOrDefault(USER, "");
        String domain = said.getOrDefault(DOMAIN, "").toLowerCase(Locale.ROOT);
        return new Row(line, user, domain, form(said));
    }

    private static ObjectNode form(Map<String, String> said) {
        ObjectNode form = JsonNodeFactory.instance.objectNode();
        putProofs(form, said);
        copy(said, NAME, form, "name");
        list(said, ALIASES, form, "aliases");
        list(said, BLOCKED, form, "blocked");
        number(said, CONTACTS, form, "contacts");
        flag(said, ENABLED, form, "enabled");
        flag(said, DO_NOT_DISTURB, form, "doNotDisturb");
        ObjectNode forwarding = JsonNodeFactory.instance.objectNode();
        FORWARDING.forEach((column, field) -> copy(said, column, forwarding, field));
        number(said, PATIENCE, forwarding, "patience");
        if (!forwarding.isEmpty()) {
            form.set("forwarding", forwarding);
        }
        return form;
    }

    /**
     * The password, from which all hashes can be made; but the hashes where there is none, or where it is not theirs: these
     * servers look at one or the other, and nobody keeps the other right.
     */
    private static void putProofs(ObjectNode form, Map<String, String> said) {
        ObjectNode ha1 = JsonNodeFactory.instance.objectNode();
        HASHES.forEach((algorithm, column) -> copy(said, column, ha1, algorithm.token()));
        String password = said.get(PASSWORD);
        if (password != null && (ha1.isEmpty() || isOf(password, said))) {
            form.put("password", password);
        } else if (!ha1.isEmpty()) {
            form.set("ha1", ha1);
        }
    }

    private static boolean isOf(String password, Map<String, String> said) {
        String user = said.getOrDefault(USER, "");
        String domain = said.getOrDefault(DOMAIN, "");
        return HASHES.entrySet().stream()
                .filter(hash -> said.containsKey(hash.getValue()))
                .allMatch(
                        hash -> hash.getKey().ha1(user, domain, password).equalsIgnoreCase(said.get(hash.getValue())));
    }

    private static void copy(Map<String, String> said, String column, ObjectNode form, String field) {
        if (said.containsKey(column)) {
            form.put(field, said.get(column));
        }
    }

    private static void list(Map<String, String> said, String column, ObjectNode form, String field) {
        if (said.containsKey(column)) {
            ArrayNode texts = form.putArray(field);
            BLANKS.splitAsStream(said.get(column).trim()).forEach(texts::add);
        }
    }

    // What is no number stays a text, which the account's form refuses in its own words.
    private static void number(Map<String, String> said, String column, ObjectNode form, String field) {
        String text = said.get(column);
        if (text != null && NUMBER.matcher(text).matches()) {
            form.put(field, Integer.parseInt(text));
        } else {
            copy(said, column, form, field);
        }
    }

    private static void flag(Map<String, String> said, String column, ObjectNode form, String field) {
        String text = said.getOrDefault(column, "").toLowerCase(Locale.ROOT);
        if (List.of("true", "1").contains(text)) {
            form.put(field, true);
        } else if (List.of("false", "0").contains(text)) {
            form.put(field, false);
        } else {
            copy(said, column, form, field);
        }
    }

    /** All that are written, in their order. */
    static List<String> written() {
        List<String> columns = new ArrayList<>(List.of(USER, DOMAIN));
        for (DigestAlgorithm algorithm : DigestAlgorithm.values()) {
            columns.add(HASHES.get(algorithm));
        }
        columns.addAll(List.of(NAME, ALIASES, CONTACTS, ENABLED, DO_NOT_DISTURB, BLOCKED));
        columns.addAll(new TreeSet<>(FORWARDING.keySet()));
        columns.add(PATIENCE);
        return columns;
    }
}
