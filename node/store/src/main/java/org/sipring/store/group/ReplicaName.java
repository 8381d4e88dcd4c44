package org.sipring.store.group;

import java.util.UUID;
import org.sipring.api.NodeId;

/**
 * What a replica is called, {@code n3@FOLDER}. A node with an empty disk holds another replica than the one that it held before.
 *
 * @param node whose it is
 * @param folder the folder that it lives in: named once, never again
 */
public record ReplicaName(NodeId node, UUID folder) {
    private static final char AT = '@';

    /**
     * Reads a name.
     *
     * @param text as {@link #toString} gives it
     * @return the name
     */
    public static ReplicaName of(String text) {
        int at = text.indexOf(AT);
        return new ReplicaName(new NodeId(text.substring(0, at)), UUID.fromString(text.substring(at + 1)));
    }

    @Override
    public String toString() {
        return node.value() + AT + folder;
    }
}
