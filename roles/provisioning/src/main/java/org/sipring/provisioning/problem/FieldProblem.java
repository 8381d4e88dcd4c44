package org.sipring.provisioning.problem;

/**
 * What is wrong in one place.
 *
 * @param where a JSON pointer such as {@code /forwarding/busy}; or a question mark and the name of a parameter
 * @param detail the rest of a sentence that begins with the place, or what to do
 */
public record FieldProblem(String where, String detail) {}
