package org.sipring.runtime.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The keys that there are, and what to say of others. */
final class KnownKeys {
    private final ConfigObject reference;
    private final Map<String, String> renamed;
    private final List<String> all = new ArrayList<>();

    /**
     * Learns the keys.
     *
     * @param reference names every key
     * @param renamed former names to today's
     */
    KnownKeys(Config reference, Map<String, String> renamed) {
        this.reference = reference.root();
        this.renamed = new TreeMap<>(renamed);
        collect(this.reference, "");
    }

    private void collect(ConfigObject object, String prefix) {
        object.forEach((key, value) -> {
            all.add(prefix + key);
            if (value instanceof ConfigObject section) {
                collect(section, prefix + key + ".");
            }
        });
    }

    /** Moves values from former names to today's, and says so. A value under today's name wins. */
    Config translate(Config written, Problems problems) {
        Config result = written;
        for (Map.Entry<String, String> pair : renamed.entrySet()) {
            if (written.hasPath(pair.getKey())) {
                ConfigValue value = written.getValue(pair.getKey());
                problems.warn(pair.getKey(), value.origin(), "this key is now called " + pair.getValue());
                result = result.withoutPath(pair.getKey());
                result = result.hasPath(pair.getValue()) ? result : result.withValue(pair.getValue(), value);
            }
        }
        return result;
    }

    /**
     * Notes every key that there is not, and every value where a section belongs.
     *
     * @return the same without those values, whose sections then have their defaults
     */
    Config check(Config written, Problems problems) {
        List<String> values = new ArrayList<>();
        check(written.root(), reference, "", new Notes(problems, values));
        Config result = written;
        for (String section : values) {
            result = result.withoutPath(section);
        }
        return result;
    }

    /**
     * Where to note what is found.
     *
     * @param problems for the operator
     * @param values paths of values where sections belong
     */
    private record Notes(Problems problems, List<String> values) {}

    private void check(ConfigObject written, ConfigObject known, String prefix, Notes notes) {
        written.forEach((key, value) -> {
            String path = prefix + ConfigUtil.quoteString(key).replaceAll("^\"([a-zA-Z0-9-]+)\"$", "$1");
            ConfigValue there = known.get(key);
            if (there == null) {
                notes.problems.add(path, value.origin(), "there is no such key: did you mean " + nearest(path) + "?");
            } else if (there instanceof ConfigObject section) {
                checkSection(value, section, path, notes);
            }
        });
    }

    private void checkSection(ConfigValue value, ConfigObject section, String path, Notes notes) {
        if (value instanceof ConfigObject inner) {
            check(inner, section, path + ".", notes);
        } else if (value.valueType() != ConfigValueType.NULL) {
            notes.problems.add(path, value.origin(), "this is a section: write " + path + " { ... }");
            notes.values.add(path);
        }
    }

    private String nearest(String path) {
        return all.stream()
                .min(Comparator.comparingInt((String known) -> distance(path, known))
                        .thenComparing(Comparator.naturalOrder()))
                .orElseThrow();
    }

    /** Levenshtein's distance: how many letters to insert, drop or change. */
    static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int column = 0; column <= other.length(); column++) {
            row[column] = column;
        }
        for (int line = 1; line <= one.length(); line++) {
            int diagonal = row[0];
            row[0] = line;
            for (int column = 1; column <= other.length(); column++) {
                int change = diagonal + (one.charAt(line - 1) == other.charAt(column - 1) ? 0 : 1);
                diagonal = row[column];
                row[column] = Math.min(change, 1 + Math.min(row[column - 1], diagonal));
            }
        }
        return row[other.length()];
    }
}
