package org.sipring.accounts;

import com.fasterxml.jackson.databind.node.TextNode;

/** A document of the store cannot be read. Says which one, and nothing of what is in it: that may be a secret. */
public final class MalformedDocumentException extends IllegalArgumentException {
    private static final int LONGEST = 200;

    MalformedDocumentException(String collection, String key) {
        super("document " + quoted(key) + " of collection " + collection
                + " cannot be read: it is malformed, or of a newer release; restore it from a backup");
    }

    // On one line, whatever is in it.
    private static String quoted(String key) {
        return TextNode.valueOf(key.length() > LONGEST ? key.substring(0, LONGEST) + "..." : key)
                .toString();
    }
}
