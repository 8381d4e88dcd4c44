package org.sipring.testkit.torture;

import java.util.List;
import java.util.stream.Stream;

/** The messages of RFC 4475 and RFC 5118, all of them. */
public final class Torture {
    private Torture() {}

    /** The 49 of RFC 4475. */
    public static List<TortureMessage> rfc4475() {
        return Stream.of(Rfc4475Valid.ALL, Rfc4475Invalid.ALL, Rfc4475Layers.ALL)
                .flatMap(List::stream)
                .toList();
    }

    /** Every one. */
    public static List<TortureMessage> all() {
        return Stream.of(rfc4475(), Rfc5118.ALL).flatMap(List::stream).toList();
    }
}
