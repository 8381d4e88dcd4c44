package org.sipring.app.documents;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which tests hold which section of which RFC: a test class says so in its Javadoc, its methods say what. Writes {@code
 * docs/conformance.md}.
 */
final class Conformance {
    private static final Pattern CLASS_DOC = Pattern.compile(
            "(?s)/\\*\\*((?:(?!\\*/).)*)\\*/\\s*(?:@\\w+(?:\\([^)]*\\))?\\s*)*(?:public )?(?:abstract )?(?:final )?class");
    private static final Pattern CITED = Pattern.compile(
            "RFC (\\d{4})(?: sections? (\\d+(?:\\.\\d+)*(?:(?:, (?:and )?| and | to )\\d+(?:\\.\\d+)*(?!\\d* [A-Z]))*))?");
    private static final Pattern TEST =
            Pattern.compile("@(?:Test|ParameterizedTest|TestFactory)\\b[^{;]*?void (\\w+)\\(");
    private static final Pattern HUMP =
            Pattern.compile("(?<=[a-z])(?=[A-Z0-9])|(?<=[0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");
    // What a method's name cannot write in capitals.
    private static final Set<String> CAPITALS = Set.of(
            ("ACK AOR BYE CANCEL CRL CRLF CSEQ DNS EDNS GRUU HA1 HTTP IP INVITE IPV4 IPV6 NAPTR NAT NXDOMAIN OPTIONS REFER REGISTER RFC RR SIP SIPS SHA"
                            + " SOA SRV STUN SUBSCRIBE TCP TLS TSIG TTL UDP URI URIS WS WSS")
                    .split(" ", -1));
    // By number, so that section 10 follows section 9.
    private static final Comparator<String> BY_NUMBER = Comparator.comparing(Conformance::numbers, Arrays::compare);

    private final SortedMap<Integer, SortedMap<String, SortedSet<Proof>>> proofs = new TreeMap<>();

    /** A test class, and what its methods say. */
    private record Proof(Path file, List<String> sentences) implements Comparable<Proof> {
        @Override
        public int compareTo(Proof other) {
            return name().compareTo(other.name());
        }

        String name() {
            return file.getFileName().toString().replace(".java", "");
        }
    }

    private Conformance() {}

    /** The document as it has to be. */
    static String document() throws IOException {
        Conformance conformance = new Conformance();
        for (Path file : Document.files("Test.java")) {
            conformance.read(file);
        }
        return conformance.written();
    }

    private void read(Path file) throws IOException {
        String source = Files.readString(file);
        String doc = CLASS_DOC
                .matcher(source)
                .results()
                .findFirst()
                .map(found -> found.group(1).replaceAll("\\s*\\n \\* ?", " "))
                .orElse("");
        List<String> sentences = TEST.matcher(source)
                .results()
                .map(found -> sentence(found.group(1)))
                .toList();
        CITED.matcher(doc).results().forEach(cited -> add(cited, new Proof(file, sentences)));
    }

    private void add(MatchResult cited, Proof proof) {
        String sections = cited.group(2) == null ? "" : cited.group(2);
        for (String section : sections.split(", and |, | and ", -1)) {
            proofs.computeIfAbsent(Integer.valueOf(cited.group(1)), rfc -> new TreeMap<>(BY_NUMBER))
                    .computeIfAbsent(section, any -> new TreeSet<>())
                    .add(proof);
        }
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

                Which tests hold which section of which RFC. Written from the tests by `ConformanceTest`, which fails when this is no longer what they say: a class names the sections in
                its Javadoc, each of its tests is a sentence. All of them run in `./check`.
                """);
        proofs.forEach((rfc, sections) -> {
            text.append("\n## RFC ").append(rfc).append("\n\n| section | tests | what they show |\n|---|---|---|\n");
            sections.forEach((section, tests) -> tests.forEach(proof -> text.append(row(section, proof))));
        });
        return text.toString();
    }

    private static String row(String section, Proof proof) {
        String link = "../" + Document.ROOT.relativize(proof.file());
        return "| " + (section.isEmpty() ? "whole" : section) + " | [" + proof.name() + "](" + link + ") | "
                + String.join("; ", proof.sentences()) + " |\n";
    }
}
