package org.sipring.provisioning.form;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sipring.accounts.domain.Domain;
import org.sipring.accounts.domain.DomainName;
import org.sipring.provisioning.problem.FieldProblem;
import org.sipring.sip.digest.DigestAlgorithm;

/** Reads a domain from the document that somebody sent. Pure. */
public final class DomainForm {
    private static final Set<String> FIELDS =
            Set.of("name", "enabled", "algorithms", "offered", "source", "dns", "etag");

    private DomainForm() {}

    /**
     * What a document says.
     *
     * @param domain the domain, where nothing is wrong
     * @param problems what is wrong
     */
    public record Reading(Optional<Domain> domain, List<FieldProblem> problems) {
        /** Copies. */
        public Reading {
            problems = List.copyOf(problems);
        }
    }

    /**
     * Reads a document: all of a domain.
     *
     * @param document an object; what may only be read is not looked at
     * @param name which domain
     * @param own the platform's own domain
     * @return the domain, or everything that is wrong
     */
    public static Reading read(JsonNode document, String name, String own) {
        List<FieldProblem> problems = new ArrayList<>();
        Fields fields = Fields.of(document, FIELDS, problems);
        DomainName.mistake(name, own).ifPresent(mistake -> fields.problem("name", mistake));
        fields.text("name", name::equals, "must be " + name + ", as the path says");
        Domain domain = new Domain(name, algorithms(fields), fields.flag("enabled", true));
        return new Reading(problems.isEmpty() ? Optional.of(domain) : Optional.empty(), problems);
    }

    private static List<DigestAlgorithm> algorithms(Fields fields) {
        return fields
                .texts(
                        "algorithms",
                        DigestAlgorithm.values().length,
                        token -> DigestAlgorithm.named(token).isPresent(),
                        "must be MD5, SHA-256 or SHA-512-256")
                .stream()
                .map(token -> DigestAlgorithm.named(token).orElseThrow())
                .distinct()
                .toList();
    }

    /**
     * The fields that differ.
     *
     * @param before the domain as it was
     * @param after the domain as it shall be
     * @return their names
     */
    public static List<String> changes(Domain before, Domain after) {
        List<String> changed = new ArrayList<>();
        if (before.enabled() != after.enabled()) {
            changed.add("enabled");
        }
        if (!before.algorithms().equals(after.algorithms())) {
            changed.add("algorithms");
        }
        return changed;
    }
}
