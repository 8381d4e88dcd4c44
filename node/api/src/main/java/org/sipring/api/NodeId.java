package org.sipring.api;

import java.util.regex.Pattern;

/**
 * A node's name: one DNS label in lower case, given by the node's certificate, unique on the platform.
 *
 * @param value the label, such as {@code n4}
 */
public record NodeId(String value) implements Comparable<NodeId> {
    // RFC 1035 section 2.3.1, the preferred syntax of a label, with the leading digit that RFC 1123 allows.
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    /**
     * Checks the label.
     *
     * @throws IllegalArgumentException when it is not a lower-case DNS label
     */
    public NodeId {
        if (!LABEL.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "node name '" + value + "': use 1 to 63 of a-z, 0-9 and '-', not beginning or ending with '-'");
        }
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
