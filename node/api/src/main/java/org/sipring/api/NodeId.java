package org.sipring.api;

import java.util.Optional;

/**
 * A node's name: one DNS label in lower case, given by the node's certificate, unique on the platform.
 *
 * @param value the label, such as {@code n4}
 */
public record NodeId(String value) implements Comparable<NodeId> {
    /**
     * A regular expression without groups: RFC 1035 section 2.3.1, the preferred syntax of a label, with the leading
     * digit that RFC 1123 allows.
     */
    public static final String LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";

    private static final int LONGEST = 63;

    /**
     * Checks the label.
     *
     * @throws IllegalArgumentException when it is not a lower-case DNS label
     */
    public NodeId {
        if (!isLabel(value)) {
            throw new IllegalArgumentException(
                    "node name '" + value + "': use 1 to 63 of a-z, 0-9 and '-', not beginning or ending with '-'");
        }
    }

    /**
     * Reads what may be a name.
     *
     * @param text from anybody
     * @return the name, or empty when it is not a lower-case DNS label
     */
    public static Optional<NodeId> parse(String text) {
        return isLabel(text) ? Optional.of(new NodeId(text)) : Optional.empty();
    }

    // What LABEL says, by hand: every token and every binding names a node.
    private static boolean isLabel(String text) {
        int last = text.length() - 1;
        if (last < 0 || last >= LONGEST || text.charAt(0) == '-' || text.charAt(last) == '-') {
            return false;
        }
        for (int i = 0; i <= last; i++) {
            char c = text.charAt(i);
            if ((c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-') {
                return false;
            }
        }
        return true;
    }

    @Override
    public int compareTo(NodeId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
