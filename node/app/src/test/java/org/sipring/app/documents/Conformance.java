package org.sipring.app.documents;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which tests hold which section of which RFC: a test names what it proves in a comment of its own, or its class does for
 * those of its tests that name nothing; a test's name says what it shows. Writes {@code docs/conformance.md}.
 */
final class Conformance {
    private static final String NUMBERS =
            "(\\d+(?:\\.\\d+)*(?:(?:, (?:and )?| and | to )\\d+(?:\\.\\d+)*(?!\\d* [A-Z]))*)";
    // Without a number of its own, a test's "Section 3.1" is of the RFC that its class names first.
    private static final Pattern CITED =
            Pattern.compile("RFC (\\d{4})(?: sections? " + NUMBERS + ")?|\\bSections? " + NUMBERS);
    private static final Pattern HUMP =
            Pattern.compile("(?<=[a-z])(?=[A-Z0-9])|(?<=[0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");
    // What a method's name cannot write in capitals.
    private static final Set<String> CAPITALS = Set.of(
            ("ACK AOR BYE CANCEL CRL CRLF CSEQ DNS EDNS GRUU HA1 HTTP IP INVITE IPV4 IPV6 NAPTR NAT NXDOMAIN OPTIONS REFER REGISTER RFC RR SIP SIPS SHA"
                            + " SOA SRV STUN SUBSCRIBE TCP TLS TSIG TTL UDP URI URIS WS WSS")
                    .split(" ", -1));
    // By number, so that section 10 follows section 9.
    private static final Comparator<String> BY_NUMBER = Comparator.comparing(Conformance::numbers, Arrays::compare);

    private static final Comparator<Path> BY_NAME =
            Comparator.comparing(Conformance::name).thenComparing(Comparator.naturalOrder());

    /** By RFC, section and test class. */
    private final SortedMap<Integer, SortedMap<String, SortedMap<Path, List<String>>>> proofs = new TreeMap<>();

    /**
     * A section.
     *
     * @param rfc its RFC
     * @param number empty for all of it
     */
    private record Section(int rfc, String number) {}

    private Conformance() {}

    /** The document as it has to be. */
    static String document() throws IOException {
        Conformance conformance = new Conformance();
        for (Path file : Document.files("Test.java")) {
            conformance.add(file, TestSource.read(file));
        }
        return conformance.written();
    }

    private void add(Path file, TestSource source) {
        List<Section> sections = sections(source.doc(), 0);
        int rfc = sections.isEmpty() ? 0 : sections.get(0).rfc();
        for (TestSource.Test test : source.tests()) {
            List<Section> own = sections(test.comment(), rfc);
            (own.isEmpty() ? sections : own).forEach(section -> add(section, file, sentence(test.name())));
        }
    }

    private void add(Section section, Path file, String sentence) {
        proofs.computeIfAbsent(section.rfc(), rfc -> new TreeMap<>(BY_NUMBER))
                .computeIfAbsent(section.number(), number -> new TreeMap<>(BY_NAME))
                .computeIfAbsent(file, test -> new ArrayList<>())
                .add(sentence);
    }

    /** The sections that a comment names, where those without RFC are of the given one; of none if it is 0. */
    private static List<Section> sections(String comment, int rfc) {
        return CITED.matcher(comment)
                .results()
                .flatMap(cited -> sections(cited, rfc))
                .distinct()
                .toList();
    }

    private static Stream<Section> sections(MatchResult cited, int rfc) {
        boolean whole = cited.group(1) != null;
        String numbers = cited.group(whole ? 2 : 3);
        int named = whole ? Integer.parseInt(cited.group(1)) : rfc;
        return named == 0
                ? Stream.empty()
                : Arrays.stream((numbers == null ? "" : numbers).split(", and |, | and ", -1))
                        .map(number -> new Section(named, number));
    }

    private static String name(Path file) {
        return file.getFileName().toString().replace(".java", "");
    }

    private static String sentence(String method) {
        return Arrays.stream(HUMP.split(method))
                .map(word -> CAPITALS.contains(word.toUpperCase(Locale.ROOT))
                        ? word.toUpperCase(Locale.ROOT)
                        : word.toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(" "));
    }

    private static int[] numbers(String section) {
        return Pattern.compile("\\d+")
                .matcher(section)
                .results()
                .mapToInt(number -> Integer.parseInt(number.group()))
                .toArray();
    }

    private String written() {
        StringBuilder text = new StringBuilder(
                """
                # Conformance

                Which tests hold which section of which RFC. Written from the tests by `ConformanceTest`, which fails when this is no longer what they say: a test names the section that
                it holds in its comment, or its class in its Javadoc for those that name none; its name is a sentence. All of them run in `./check`.
                """);
        proofs.forEach((rfc, sections) -> {
            text.append("\n## RFC ").append(rfc).append("\n\n| section | tests | what they show |\n|---|---|---|\n");
            sections.forEach(
                    (number, tests) -> tests.forEach((file, sentences) -> text.append(row(number, file, sentences))));
        });
        return text.toString();
    }

    private static String row(String section, Path file, List<String> sentences) {
        String link = "../" + Document.ROOT.relativize(file);
        return "| " + (section.isEmpty() ? "whole" : section) + " | [" + name(file) + "](" + link + ") | "
                + String.join("; ", sentences) + " |\n";
    }
}
