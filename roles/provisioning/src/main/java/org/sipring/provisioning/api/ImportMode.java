package org.sipring.provisioning.api;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What an import does with an account that is there already. */
enum ImportMode {
    /** Nothing. */
    KEEP,
    /** Changes what its row speaks of. */
    UPDATE,
    /** Refuses its row. */
    REFUSE;

    static Optional<ImportMode> of(String text) {
        return Arrays.stream(values())
                .filter(mode -> mode.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst();
    }
}
