package org.sipring.provisioning.form;

import org.sipring.provisioning.problem.FieldProblem;

/** A field is not as it should be, and what comes behind it is not read. */
final class BadFieldException extends IllegalArgumentException {
    private final FieldProblem problem;

    BadFieldException(String where, String detail) {
        super(where + ' ' + detail);
        problem = new FieldProblem(where, detail);
    }

    FieldProblem problem() {
        return problem;
    }
}
