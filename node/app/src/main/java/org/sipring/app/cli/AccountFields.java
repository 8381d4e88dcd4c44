package org.sipring.app.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sipring.app.process.CommandFailure;
import picocli.CommandLine.Option;

/** What may be said of an account. The API judges it; here {@code none} takes away. */
final class AccountFields {
    private static final String NONE = "none";
    private static final String URI = "URI|none";
    private static final String LIST = "ADDRESS,...|none";

    @Option(names = "--password-file", paramLabel = "FILE", description = "holds the password in its one line")
    private @Nullable Path password;

    @Option(names = "--name", paramLabel = "TEXT", description = "the user's name, for people")
    private @Nullable String name;

    @Option(
            names = "--enabled",
            paramLabel = "true|false",
            arity = "1",
            description = "false: may neither register nor call, nor be called")
    private @Nullable Boolean enabled;

    @Option(names = "--alias", split = ",", paramLabel = LIST, description = "all further addresses of the user")
    private @Nullable List<String> aliases;

    @Option(names = "--contacts", paramLabel = "N|none", description = "how many phones may be registered at a time")
    private @Nullable String contacts;

    @Option(
            names = "--do-not-disturb",
            paramLabel = "true|false",
            arity = "1",
            description = "true: no phone rings for a call")
    private @Nullable Boolean doNotDisturb;

    @Option(
            names = "--blocked",
            split = ",",
            paramLabel = LIST,
            description = "all whose calls are refused: user@domain, *@domain or anonymous")
    private @Nullable List<String> blocked;

    @Option(names = "--forward-always", paramLabel = URI, description = "where every call goes")
    private @Nullable String always;

    @Option(names = "--forward-busy", paramLabel = URI, description = "where calls go while the phones are busy")
    private @Nullable String busy;

    @Option(names = "--forward-no-answer", paramLabel = URI, description = "where calls go that nobody answers")
    private @Nullable String noAnswer;

    @Option(names = "--patience", paramLabel = "SECONDS|none", description = "how long phones ring before that")
    private @Nullable String patience;

    @Option(names = "--forward-unregistered", paramLabel = URI, description = "where calls go that find no phone")
    private @Nullable String unregistered;

    /** As a document that changes an account (RFC 7396): null for what is taken away. */
    ObjectNode document() throws IOException {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        if (password != null) {
            document.put("password", PasswordFile.read(password));
        }
        put(document, "name", name);
        put(document, "enabled", enabled);
        put(document, "aliases", aliases);
        number(document, "contacts", "--contacts", contacts);
        put(document, "doNotDisturb", doNotDisturb);
        put(document, "blocked", blocked);
        ObjectNode forwarding = forwarding();
        if (!forwarding.isEmpty()) {
            document.set("forwarding", forwarding);
        }
        return document;
    }

    private ObjectNode forwarding() {
        ObjectNode forwarding = JsonNodeFactory.instance.objectNode();
        put(forwarding, "always", always);
        put(forwarding, "busy", busy);
        put(forwarding, "noAnswer", noAnswer);
        number(forwarding, "patience", "--patience", patience);
        put(forwarding, "unregistered", unregistered);
        return forwarding;
    }

    private static void put(ObjectNode document, String field, @Nullable String text) {
        if (NONE.equals(text)) {
            document.putNull(field);
        } else if (text != null) {
            document.put(field, text);
        }
    }

    private static void put(ObjectNode document, String field, @Nullable Boolean flag) {
        if (flag != null) {
            document.put(field, flag);
        }
    }

    private static void put(ObjectNode document, String field, @Nullable List<String> texts) {
        if (texts != null) {
            ArrayNode array = document.putArray(field);
            texts.stream().filter(text -> !text.equals(NONE)).forEach(array::add);
        }
    }

    private static void number(ObjectNode document, String field, String option, @Nullable String text) {
        if (text == null || text.equals(NONE)) {
            put(document, field, text);
            return;
        }
        try {
            document.put(field, Integer.parseInt(text));
        } catch (NumberFormatException malformed) {
            throw new CommandFailure(option + " " + text + ": write a number, or none");
        }
    }
}
