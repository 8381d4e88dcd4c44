package org.sipring.provisioning.api;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.sipring.provisioning.problem.Problem;

/**
 * Which part of a list is asked for.
 *
 * @param limit how many at most
 * @param after the key after which to begin; empty for the beginning
 */
record Paging(int limit, String after) {
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,5}");

    /** A part of a list, and where the next part begins; empty for the last part. */
    record Part<T>(List<T> items, Optional<String> next) {
        Part {
            items = List.copyOf(items);
        }
    }

    /** Reads {@code limit} and {@code cursor}, or says what is wrong with them. */
    static <T> T read(Call call, int usual, int most, Function<Paging, T> good, Function<Problem, T> bad) {
        String limit = call.parameter("limit").orElse(Integer.toString(usual));
        if (!NUMBER.matcher(limit).matches() || Integer.parseInt(limit) > most) {
            return bad.apply(Problem.parameter("limit", "must be a number from 1 to " + most));
        }
        try {
            byte[] after =
                    Base64.getUrlDecoder().decode(call.parameter("cursor").orElse(""));
            return good.apply(new Paging(Integer.parseInt(limit), new String(after, StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException malformed) {
            return bad.apply(Problem.parameter("cursor", "must be one that an answer named as next"));
        }
    }

    /** The part of what was found, when one more than the limit was asked for. */
    <T> Part<T> part(List<T> found, Function<T, String> key) {
        boolean more = found.size() > limit;
        List<T> items = more ? found.subList(0, limit) : found;
        return new Part<>(items, more ? Optional.of(cursor(key.apply(items.get(limit - 1)))) : Optional.empty());
    }

    private static String cursor(String key) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key.getBytes(StandardCharsets.UTF_8));
    }

    /** How RFC 8288 names the next part. */
    static String link(Call call, String cursor) {
        String kept = Arrays.stream(call.request().query().split("&"))
                .filter(field -> !field.isEmpty() && !field.startsWith("cursor="))
                .map(field -> field + '&')
                .collect(Collectors.joining());
        return '<' + call.request().path() + '?' + kept + "cursor=" + cursor + ">; rel=\"next\"";
    }
}
