package org.sipring.api;

import java.util.Optional;
import java.util.regex.Pattern;

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

    private static final Pattern NAME = Pattern.compile(LABEL);

    /**
     * Checks the label.
     *
     * @throws IllegalArgumentException when it is not a lower-case DNS label
     */
    public NodeId {
        if (!NAME.matcher(value).matches()) {
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
        return NAME.matcher(text).matches() ? Optional.of(new NodeId(text)) : Optional.empty();
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
