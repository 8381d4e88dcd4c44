package org.sipring.runtime.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigOrigin;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the keys of one feature. A mistake is noted, and the default is given in its place, so that reading goes on
 * and finds the next one.
 */
final class Section {
    private static final Pattern TYPE = Pattern.compile("has type (\\w+) rather than (\\w+)$");
    private static final Pattern REASON = Pattern.compile("Invalid value at '.*?': (.*)$");

    // What to write instead, by the library's words for what it wants.
    private static final Map<String, String> INSTEAD = Map.of(
            "NUMBER", "write a number",
            "BOOLEAN", "write true or false",
            "STRING", "write one word, or text in double quotes",
            "LIST", "write a list, such as [ one, two ]");

    private final String name;
    private final Config written;
    private final Config reference;
    private final Problems problems;

    /**
     * Opens a section.
     *
     * @param name the path before the keys, such as {@code sip}
     * @param written the file over the reference
     * @param reference the defaults alone
     * @param problems where mistakes go
     */
    Section(String name, Config written, Config reference, Problems problems) {
        this.name = name;
        this.written = written;
        this.reference = reference;
        this.problems = problems;
    }

    int number(String key, int min, int max) {
        return checked(
                key,
                Config::getInt,
                value -> value >= min && value <= max,
                value -> value + " is out of range: use " + min + " to " + max);
    }

    int port(String key) {
        return number(key, 1, 65_535);
    }

    boolean flag(String key) {
        return read(key, Config::getBoolean);
    }

    Duration duration(String key, Duration min, Duration max) {
        return checked(
                key,
                (config, path) -> measured(config, path, Config::getDuration, "30s or 5m"),
                value -> value.compareTo(min) >= 0 && value.compareTo(max) <= 0,
                value -> text(value) + " is out of range: use " + text(min) + " to " + text(max));
    }

    private static <T> T measured(Config config, String path, BiFunction<Config, String, T> getter, String examples) {
        try {
            return getter.apply(config, path);
        } catch (ConfigException.BadValue bad) {
            throw new ConfigException.BadValue(bad.origin(), path, reason(bad) + ": write it like " + examples, bad);
        }
    }

    private static String text(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + "s" : duration.toMillis() + "ms";
    }

    int bytes(String key, int min, int max) {
        long size = checked(
                key,
                (config, path) -> measured(config, path, Config::getBytes, "8KiB or 65535"),
                value -> value >= min && value <= max,
                value -> value + " bytes is out of range: use " + min + " to " + max);
        return (int) size;
    }

    <T> T choice(String key, Map<String, T> choices) {
        String word = checked(
                key, Config::getString, choices::containsKey, value -> "'" + value + "' is unknown: " + use(choices));
        return one(choices, word);
    }

    /** A list of words, each out of some. */
    <T> List<T> choices(String key, Map<String, T> choices) {
        List<String> words = checked(
                key, Config::getStringList, value -> choices.keySet().containsAll(value), value -> value.stream()
                        .filter(word -> !choices.containsKey(word))
                        .collect(Collectors.joining("', '", "'", "' is unknown: " + use(choices))));
        return words.stream().map(word -> one(choices, word)).toList();
    }

    /** A text of a kind. */
    String word(String key, Predicate<String> good, String instead) {
        return checked(key, Config::getString, good::test, value -> "'" + value + "' does not do: " + instead);
    }

    /** A list of objects, each read as a section of its own that has these defaults. */
    <T> List<T> sections(String key, Config defaults, Function<Section, T> reader) {
        return read(key, (config, path) -> List.<Config>copyOf(config.getConfigList(path))).stream()
                .map(one -> reader.apply(inner(key, one, defaults)))
                .toList();
    }

    private Section inner(String key, Config one, Config defaults) {
        Section inner = new Section(
                full(key), one.withFallback(defaults).atPath(full(key)), defaults.atPath(full(key)), problems);
        one.root().keySet().stream()
                .filter(name -> !defaults.hasPath(name))
                .forEach(name -> inner.wrong(
                        name,
                        "there is no such key: use "
                                + String.join(
                                        ", ", new TreeSet<>(defaults.root().keySet()))));
        return inner;
    }

    /** A list of texts of a kind. */
    List<String> texts(String key, Predicate<String> good, String instead) {
        return checked(key, Config::getStringList, value -> value.stream().allMatch(good), value -> value.stream()
                .filter(good.negate())
                .collect(Collectors.joining("', '", "'", "' is none of these: " + instead)));
    }

    private static <T> T one(Map<String, T> choices, String word) {
        T found = choices.get(word);
        if (found == null) {
            throw new IllegalStateException("the default '" + word + "' is not among the choices");
        }
        return found;
    }

    private static String use(Map<String, ?> choices) {
        return "use " + choices.keySet().stream().sorted().collect(Collectors.joining(", "));
    }

    Optional<String> text(String key) {
        return optional(key, Config::getString);
    }

    Optional<HostPort> server(String key, int usualPort) {
        return optional(key, Config::getString).flatMap(text -> server(key, text, usualPort));
    }

    List<HostPort> servers(String key, int usualPort) {
        return read(key, Config::getStringList).stream()
                .flatMap(text -> server(key, text, usualPort).stream())
                .toList();
    }

    private Optional<HostPort> server(String key, String text, int usualPort) {
        Optional<HostPort> server = HostPort.parse(text, usualPort);
        if (server.isEmpty()) {
            wrong(
                    key,
                    "'" + text + "' is not host:port, such as 192.0.2.1:" + usualPort + " or [2001:db8::1]:"
                            + usualPort);
        }
        return server;
    }

    /** A path, relative to the file that names it. */
    Optional<Path> path(String key) {
        return optional(key, Config::getString).map(text -> folderOf(key).resolve(text));
    }

    /** The path of a file that can be read. */
    Optional<Path> file(String key) {
        Optional<Path> file = path(key);
        file.filter(path -> !Files.isRegularFile(path) || !Files.isReadable(path))
                .ifPresent(path ->
                        wrong(key, path + " is not a file that this process can read: check its name and permissions"));
        return file;
    }

    List<String> texts(String key) {
        return read(key, Config::getStringList);
    }

    /** The path of a folder that can be read. */
    Optional<Path> folder(String key) {
        Optional<Path> folder = path(key);
        folder.filter(path -> !Files.isDirectory(path) || !Files.isReadable(path))
                .ifPresent(path -> wrong(
                        key, path + " is not a folder that this process can read: check its name and permissions"));
        return folder;
    }

    private Path folderOf(String key) {
        String file = written.getValue(full(key)).origin().filename();
        Path parent = file == null ? null : Path.of(file).getParent();
        return parent == null ? Path.of("") : parent;
    }

    private <T> Optional<T> optional(String key, BiFunction<Config, String, T> getter) {
        if (!written.hasPath(full(key))) {
            return Optional.empty();
        }
        try {
            return Optional.of(getter.apply(written, full(key)));
        } catch (ConfigException bad) {
            note(key, bad);
            return Optional.empty();
        }
    }

    private <T> T checked(
            String key,
            BiFunction<Config, String, T> getter,
            Function<T, Boolean> good,
            Function<T, String> complaint) {
        T value = read(key, getter);
        if (good.apply(value)) {
            return value;
        }
        wrong(key, complaint.apply(value));
        return getter.apply(reference, full(key));
    }

    private <T> T read(String key, BiFunction<Config, String, T> getter) {
        try {
            return getter.apply(written, full(key));
        } catch (ConfigException bad) {
            note(key, bad);
            return getter.apply(reference, full(key));
        }
    }

    private void note(String key, ConfigException bad) {
        wrong(key, bad instanceof ConfigException.Null ? "null has no meaning here: leave the key out" : reason(bad));
    }

    // The library puts the origin and the path before its reason; ours has told both already.
    private static String reason(ConfigException bad) {
        String text = String.valueOf(bad.getMessage());
        Matcher type = TYPE.matcher(text);
        if (type.find()) {
            return "it is a " + type.group(1) + ", not a " + type.group(2) + ": "
                    + INSTEAD.getOrDefault(type.group(2), "write one");
        }
        Matcher found = REASON.matcher(text);
        return found.find() ? found.group(1) : text;
    }

    /** Notes a mistake in a key. */
    void wrong(String key, String text) {
        problems.add(full(key), origin(key), text);
    }

    /** Tells whether the operator wrote a key. */
    boolean isWritten(String key) {
        return origin(key) != null;
    }

    // Empty for a default: the operator did not write it.
    private @Nullable ConfigOrigin origin(String key) {
        ConfigOrigin origin = originIn(written, key);
        return origin == null || origin.equals(originIn(reference, key)) ? null : origin;
    }

    private @Nullable ConfigOrigin originIn(Config config, String key) {
        return config.hasPath(full(key)) ? config.getValue(full(key)).origin() : null;
    }

    private String full(String key) {
        return name + "." + key;
    }
}
