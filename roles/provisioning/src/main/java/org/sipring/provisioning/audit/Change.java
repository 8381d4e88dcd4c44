package org.sipring.provisioning.audit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;

/**
 * Something that somebody wanted to change. Never what it was changed to: there may be a secret in that.
 *
 * @param when by this node's clock
 * @param who wanted it
 * @param from which address
 * @param action such as {@code account.put}
 * @param subject what was to be changed
 * @param fields which of its fields differ
 * @param outcome such as {@code 200}
 */
public record Change(
        Instant when, String who, String from, String action, String subject, List<String> fields, String outcome) {
    /** Copies. */
    public Change {
        fields = List.copyOf(fields);
    }

    /**
     * In JSON, which keeps on one line whatever a stranger wrote.
     *
     * @return the document
     */
    public ObjectNode json() {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("time", when.toString()).put("who", who).put("from", from);
        document.put("action", action).put("subject", subject);
        fields.forEach(document.withArray("fields")::add);
        return document.put("outcome", outcome);
    }
}
