package org.sipring.testkit.contract;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.sipring.api.Codec;
import org.sipring.api.Table;

/** A table of texts for tests: entries separated by commas, united by their union. */
public final class Journal {
    /** How long a value lives after its last change. */
    public static final Duration LIFE = Duration.ofSeconds(90);

    private static final byte VERSION = 1;

    private Journal() {}

    /**
     * The table's rules: {@code add} appends the argument, {@code remove} leaves no value, {@code stamp} answers with the
     * stamp's time, {@code fail} throws. The answer is the value before the change, except where said otherwise.
     *
     * @param name the table's name
     * @return the rules
     */
    public static Table.Spec<String> spec(String name) {
        return new Table.Spec<>(
                name,
                new Text(),
                Map.of("add", Journal::add, "remove", Journal::remove, "stamp", Journal::stamp, "fail", Journal::fail),
                Journal::union);
    }

    /**
     * Text to bytes, as arguments and answers travel.
     *
     * @param text the text
     * @return UTF-8
     */
    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Bytes to text.
     *
     * @param bytes UTF-8
     * @return the text
     */
    public static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static Table.Change<String> add(@Nullable String current, byte[] argument, Table.Moment moment) {
        String next = current == null ? text(argument) : current + "," + text(argument);
        return new Table.Change<>(next, expires(moment), before(current));
    }

    private static Table.Change<String> remove(@Nullable String current, byte[] argument, Table.Moment moment) {
        return new Table.Change<>(null, moment.now(), before(current));
    }

    private static Table.Change<String> stamp(@Nullable String current, byte[] argument, Table.Moment moment) {
        String time = Long.toString(moment.stamp().time());
        return new Table.Change<>(time, expires(moment), bytes(time));
    }

    private static Table.Change<String> fail(@Nullable String current, byte[] argument, Table.Moment moment) {
        throw new IllegalStateException("this rule always fails");
    }

    private static Instant expires(Table.Moment moment) {
        return moment.now().plus(LIFE);
    }

    private static byte[] before(@Nullable String current) {
        return bytes(current == null ? "" : current);
    }

    private static String union(String one, String other) {
        TreeSet<String> all = new TreeSet<>(Arrays.asList(one.split(",", -1)));
        all.addAll(Arrays.asList(other.split(",", -1)));
        return String.join(",", all);
    }

    private static final class Text implements Codec<String> {
        @Override
        public byte[] encode(String value) {
            byte[] text = bytes(value);
            byte[] coded = new byte[text.length + 1];
            coded[0] = VERSION;
            System.arraycopy(text, 0, coded, 1, text.length);
            return coded;
        }

        @Override
        public String decode(byte[] coded) {
            if (coded.length == 0 || coded[0] != VERSION) {
                throw new IllegalArgumentException("not a journal of format " + VERSION);
            }
            return text(Arrays.copyOfRange(coded, 1, coded.length));
        }
    }
}
