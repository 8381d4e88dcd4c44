package org.sipring.app.account;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.IDN;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.sipring.app.process.CommandFailure;

/** Domains, as people write and read them. Pure. */
public final class DomainText {
    private DomainText() {}

    /**
     * A domain as the platform names it.
     *
     * @param text as a person writes it
     * @return in lower case, letters beyond a to z as A-labels
     * @throws CommandFailure where it is not clear which A-labels are meant
     */
    public static String name(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.chars().allMatch(letter -> letter < 128)) {
            return lower;
        }
        try {
            String name = IDN.toASCII(lower);
            // Java knows RFC 3490 alone, which takes some letters for others: it could be another's domain.
            if (IDN.toUnicode(name).equals(lower)) {
                return name;
            }
        } catch (IllegalArgumentException noName) {
            // It is said below what to write.
        }
        throw new CommandFailure("'" + text + "': write its A-labels, such as xn--bcher-kva.example");
    }

    /**
     * A domain in one line.
     *
     * @param domain its document
     * @return name, who says that it is served, what is offered, and whether it is disabled
     */
    public static String line(JsonNode domain) {
        return "%-32s %-10s %-28s %s"
                .formatted(
                        domain.path("name").asText(),
                        domain.path("source").asText(),
                        texts(domain.path("offered")).collect(Collectors.joining(", ")),
                        domain.path("enabled").asBoolean() ? "" : "disabled")
                .stripTrailing();
    }

    /**
     * A domain in full.
     *
     * @param domain its document
     * @return lines without line ends
     */
    public static List<String> lines(JsonNode domain) {
        List<String> lines = new ArrayList<>();
        lines.add(domain.path("name").asText());
        lines.add("  %-15s %s".formatted("source", domain.path("source").asText()));
        lines.add("  %-15s %s".formatted("enabled", domain.path("enabled").asBoolean() ? "yes" : "no"));
        String offered = texts(domain.path("offered")).collect(Collectors.joining(", "));
        lines.add("  %-15s %s".formatted("algorithms", offered));
        lines.addAll(zone(domain));
        return lines;
    }

    /**
     * What a domain's zone must say.
     *
     * @param domain its document
     * @return lines without line ends; none of the platform's own domain, whose zone the platform writes
     */
    public static List<String> zone(JsonNode domain) {
        JsonNode dns = domain.path("dns");
        if (dns.isMissingNode()) {
            return List.of();
        }
        return Stream.of(
                        Stream.of("Its zone leads here by these records, which its owner makes once:"),
                        texts(dns.path("records")).map(DomainText::indented),
                        Stream.of("and by TLS by these, once sip.tls.certificates has a certificate that names it:"),
                        texts(dns.path("secure")).map(DomainText::indented))
                .flatMap(lines -> lines)
                .toList();
    }

    private static String indented(String line) {
        return "  " + line;
    }

    private static Stream<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText);
    }
}
