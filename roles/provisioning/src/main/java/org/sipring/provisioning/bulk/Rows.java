package org.sipring.provisioning.bulk;

import java.util.List;
import java.util.Set;

/**
 * What was read.
 *
 * @param rows the accounts
 * @param ignored names of columns that mean nothing here
 */
public record Rows(List<Row> rows, Set<String> ignored) {
    /** Copies. */
    public Rows {
        rows = List.copyOf(rows);
        ignored = Set.copyOf(ignored);
    }
}
