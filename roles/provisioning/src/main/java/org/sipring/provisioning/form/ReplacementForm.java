package org.sipring.provisioning.form;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sipring.api.NodeId;
import org.sipring.provisioning.problem.FieldProblem;

/** Reads which node's replica is to be replaced. Pure. */
public final class ReplacementForm {
    private static final String NODE = "node";
    private static final String SHOULD = "must be the name of a node, such as n1";

    private ReplacementForm() {}

    /**
     * What a document says.
     *
     * @param node the node, where nothing is wrong
     * @param problems what is wrong
     */
    public record Reading(Optional<NodeId> node, List<FieldProblem> problems) {
        /** Copies. */
        public Reading {
            problems = List.copyOf(problems);
        }
    }

    /**
     * Reads a document.
     *
     * @param document an object
     * @return the node, or everything that is wrong
     */
    public static Reading read(JsonNode document) {
        List<FieldProblem> problems = new ArrayList<>();
        Fields fields = Fields.of(document, Set.of(NODE), problems);
        if (!fields.has(NODE)) {
            fields.problem(NODE, SHOULD);
        }
        Optional<NodeId> node = fields.text(NODE, text -> NodeId.parse(text).isPresent(), SHOULD)
                .map(NodeId::new);
        return new Reading(problems.isEmpty() ? node : Optional.empty(), problems);
    }
}
