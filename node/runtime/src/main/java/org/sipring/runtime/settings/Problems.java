package org.sipring.runtime.settings;

import com.typesafe.config.ConfigOrigin;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects mistakes while reading goes on. */
final class Problems {
    private final Set<String> mistakes = new LinkedHashSet<>();
    private final List<String> warnings = new ArrayList<>();

    /** Adds a mistake in a key. */
    void add(String key, @Nullable ConfigOrigin origin, String text) {
        mistakes.add(key + place(origin) + ": " + text);
    }

    /** Adds a mistake that is in no key. */
    void add(String text) {
        mistakes.add(text);
    }

    /** Adds what the operator should change but that works today. */
    void warn(String key, ConfigOrigin origin, String text) {
        warnings.add(key + place(origin) + ": " + text);
    }

    private static String place(@Nullable ConfigOrigin origin) {
        if (origin == null) {
            return "";
        }
        String file = origin.filename() == null ? origin.description() : origin.filename();
        return origin.lineNumber() < 0 ? " (" + file + ")" : " (" + file + ":" + origin.lineNumber() + ")";
    }

    List<String> warnings() {
        return warnings;
    }

    void throwIfAny() throws BadSettings {
        if (!mistakes.isEmpty()) {
            throw new BadSettings(List.copyOf(mistakes));
        }
    }
}
