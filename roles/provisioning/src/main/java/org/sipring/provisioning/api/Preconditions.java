package org.sipring.provisioning.api;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.sipring.http.HttpRequest;
import org.sipring.provisioning.problem.Problem;

/** What a client says must still be so. Entity tags are revisions. RFC 9110 section 13. Pure. */
final class Preconditions {
    private static final String IF_MATCH = "If-Match";
    private static final String IF_NONE_MATCH = "If-None-Match";

    private Preconditions() {}

    static String tag(long revision) {
        return '"' + Long.toString(revision) + '"';
    }

    /** Whether a GET need not be answered in full. Weak comparison, RFC 9110 section 13.1.2. */
    static boolean known(HttpRequest request, long revision) {
        return request.field(IF_NONE_MATCH)
                .filter(field -> matches(field.replace("W/", ""), revision))
                .isPresent();
    }

    /** Whether anything is said. */
    static boolean said(HttpRequest request) {
        return request.field(IF_MATCH).isPresent()
                || request.field(IF_NONE_MATCH).isPresent();
    }

    /**
     * What speaks against a change.
     *
     * @param revision the current one; 0 where there is nothing
     */
    static Optional<Problem> against(HttpRequest request, long revision) {
        Optional<String> match = request.field(IF_MATCH);
        if (match.isPresent() && !matches(match.get(), revision)) {
            return Optional.of(failed(
                    revision == 0
                            ? "there is none: create it with If-None-Match: *"
                            : "it is another now: read it again"));
        }
        Optional<String> noneMatch = request.field(IF_NONE_MATCH);
        return noneMatch.isPresent() && matches(noneMatch.get(), revision)
                ? Optional.of(failed("it is there already: replace it with If-Match"))
                : Optional.empty();
    }

    /**
     * Whether a change has been made already: it need not be made again, whatever is asked of it. RFC 9110 section 13.1.1.
     *
     * @param same whether there is what shall be there
     */
    static boolean repeated(HttpRequest request, boolean same) {
        return same && request.field(IF_NONE_MATCH).isEmpty();
    }

    static Problem failed(String detail) {
        return new Problem(412, detail);
    }

    private static boolean matches(String field, long revision) {
        List<String> tags = Arrays.stream(field.split(",")).map(String::trim).toList();
        return revision != 0 && (tags.contains("*") || tags.contains(tag(revision)));
    }
}
